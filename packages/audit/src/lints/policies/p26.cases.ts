import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P26',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING ((SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'role') = 'manager'); GRANT SELECT ON api.t TO app_user;`,
      object: `m ON api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING ((SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'role') = 'app_user'); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY m ON api.t USING ((SELECT current_setting('request.jwt.claims', true)::json -> 'app_metadata' ->> 'role') = 'manager'); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
