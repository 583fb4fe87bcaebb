import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P10',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY a ON api.t USING (id = 1); CREATE POLICY b ON api.t USING (id = 2); CREATE POLICY c ON api.t USING (id = 3); GRANT SELECT ON api.t TO app_user;`,
      object: `api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY a ON api.t USING (id = 1); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY a ON api.t USING (id = 1); CREATE POLICY b ON api.t FOR SELECT USING (id = 2); GRANT SELECT ON api.t TO app_user;`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY a ON api.t TO app_user USING (id = 1); CREATE POLICY b ON api.t TO anon USING (id = 2); CREATE POLICY c ON api.t TO owner USING (id = 2); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
