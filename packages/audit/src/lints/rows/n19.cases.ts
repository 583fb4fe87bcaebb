import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N19',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON api.t USING ((SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub') = '42'); GRANT SELECT ON api.t TO app_user;`,
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
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON api.t USING ((SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'role') = 'app_user'); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
