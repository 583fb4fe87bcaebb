import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'P17',
  positive: [
    {
      sql: `CREATE ROLE ghost NOLOGIN;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY g ON api.t TO ghost USING (true); GRANT SELECT ON api.t TO app_user;`,
      object: `g ON api.t`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t TO app_user USING (user_id = (SELECT nullif(current_setting('request.jwt.claims', true), '')::json ->> 'sub')); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE ROLE staff NOLOGIN; GRANT staff TO app_user;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY g ON api.t TO staff USING (true); GRANT SELECT ON api.t TO app_user;`,
    },
    {
      sql: `CREATE ROLE job LOGIN;CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY g ON api.t TO job USING (true); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
}
