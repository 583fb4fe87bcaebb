import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N21',
  positive: [
    {
      sql: `CREATE TABLE api.m (t_id int, user_id text);CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON api.t USING (EXISTS (SELECT FROM api.m WHERE m.t_id = 1)); GRANT SELECT ON api.t TO app_user;`,
      object: `p ON api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.m (t_id int, user_id text);CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON api.t USING (EXISTS (SELECT FROM api.m WHERE m.t_id = t.id)); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
