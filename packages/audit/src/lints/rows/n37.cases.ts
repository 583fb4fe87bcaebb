import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'N37',
  positive: [
    {
      sql: `CREATE TABLE api.t (id int, author text DEFAULT current_user); GRANT INSERT ON api.t TO app_user;`,
      object: `api.t.author`,
    },
  ],
  negative: [
    { sql: `CREATE TABLE api.t (id int, author text DEFAULT current_user); GRANT INSERT (id) ON api.t TO app_user;` },
  ],
  nearMiss: [
    {
      sql: `CREATE TABLE api.t (id int, author text DEFAULT current_user); ALTER TABLE api.t ENABLE ROW LEVEL SECURITY; CREATE POLICY own ON api.t WITH CHECK (author = current_user); GRANT INSERT ON api.t TO app_user;`,
    },
  ],
}
