import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N02',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY floor ON api.t AS RESTRICTIVE USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')) WITH CHECK (true); GRANT SELECT ON api.t TO app_user;`,
      object: `floor ON api.t`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY floor ON api.t AS RESTRICTIVE USING (true);`,
      object: `floor ON api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY floor ON api.t AS RESTRICTIVE USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY p ON api.t USING (true); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
