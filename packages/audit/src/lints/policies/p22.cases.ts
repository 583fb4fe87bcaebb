import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P22',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY r ON api.t AS RESTRICTIVE USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user;`,
      object: `api.t`,
      role: 'app_user',
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY r ON api.t AS RESTRICTIVE USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); CREATE POLICY p ON api.t USING (true); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
