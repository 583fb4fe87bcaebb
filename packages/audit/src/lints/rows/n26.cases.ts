import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N26',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON api.t USING ((SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub') IS NOT NULL); GRANT SELECT ON api.t TO app_user;`,
      object: `api.t.user_id`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON api.t USING (id > 1); GRANT SELECT ON api.t TO app_user;`,
      object: `api.t.user_id`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY no ON api.t USING (false); GRANT SELECT ON api.t TO app_user;`,
    },
    {
      sql: `CREATE TABLE api.t (id int, editor text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON api.t USING (id > 1); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
