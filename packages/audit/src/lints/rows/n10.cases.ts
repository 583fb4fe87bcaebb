import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N10',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT current_setting('app.who', true))); GRANT SELECT ON api.t TO app_user;ALTER ROLE app_user SET app.who = 'x'`,
      object: `app_user`,
    },
  ],
  negative: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT current_setting('app.who', true))); GRANT SELECT ON api.t TO app_user;`,
    },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, user_id text); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t USING (user_id = (SELECT current_setting('app.who', true))); GRANT SELECT ON api.t TO app_user;ALTER ROLE app_user SET app.other = 'x'`,
    },
  ],
}
