import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N04',
  positive: [
    {
      sql: `CREATE ROLE svc BYPASSRLS;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY s ON api.t TO svc USING (true);`,
      object: `s ON api.t`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;ALTER TABLE api.t OWNER TO owner; CREATE POLICY s ON api.t TO owner USING (true);`,
      object: `s ON api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t TO app_user USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub'));`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY;ALTER TABLE api.t OWNER TO owner; ALTER TABLE api.t FORCE ROW LEVEL SECURITY; CREATE POLICY s ON api.t TO owner USING (true);`,
    },
  ],
}
