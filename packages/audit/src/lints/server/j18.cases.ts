import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J18',
  positive: [{ sql: '', server: { dbTxEnd: 'commit-allow-override' }, object: 'db-tx-end' }],
  negative: [{ sql: '', server: {} }],
  nearMiss: [{ sql: '', server: { dbTxEnd: 'rollback' } }],
}
