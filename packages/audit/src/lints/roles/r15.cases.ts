import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R15',
  positive: [
    {
      sql: `CREATE ROLE sub; GRANT sub TO app_user; ALTER ROLE sub SET statement_timeout = '1s'`,
      object: `sub`,
      role: 'sub',
    },
  ],
  negative: [{ sql: `ALTER ROLE app_user SET statement_timeout = '1s'` }],
  nearMiss: [{ sql: `CREATE ROLE sub; GRANT sub TO app_user` }],
}
