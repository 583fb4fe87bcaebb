import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'G07',
  positive: [
    {
      sql: `CREATE TABLE api.t (a int NOT NULL, b int); GRANT INSERT (b) ON api.t TO app_user`,
      object: `api.t`,
      role: 'app_user',
    },
  ],
  negative: [{ sql: `CREATE TABLE api.t (a int NOT NULL, b int); GRANT INSERT ON api.t TO app_user` }],
  nearMiss: [{ sql: `CREATE TABLE api.t (a int NOT NULL DEFAULT 1, b int); GRANT INSERT (b) ON api.t TO app_user` }],
}
