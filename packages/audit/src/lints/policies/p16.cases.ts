import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P16',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY a ON api.t FOR SELECT USING (id > 1); GRANT SELECT ON api.t TO anon;`,
      object: `a ON api.t`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY a ON api.t FOR SELECT USING (id > 1); GRANT SELECT ON api.t TO app_user;`,
      object: `a ON api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY a ON api.t TO app_user USING (id > 1); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY a ON api.t TO app_user USING (id > 1); CREATE POLICY r ON api.t AS RESTRICTIVE USING (id > 0); GRANT SELECT ON api.t TO app_user;`,
    },
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO anon;`,
    },
  ],
}
