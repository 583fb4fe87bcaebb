import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R22',
  positive: [
    {
      sql: `GRANT SET ON PARAMETER session_replication_role TO app_user`,
      object: `session_replication_role`,
      role: 'app_user',
    },
  ],
  negative: [{ sql: `` }],
  nearMiss: [{ sql: `CREATE ROLE admin; GRANT SET ON PARAMETER session_replication_role TO admin` }],
}
