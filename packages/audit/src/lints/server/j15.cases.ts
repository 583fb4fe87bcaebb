import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J15',
  positive: [{ sql: '', server: { dbMaxRows: null }, object: 'db-max-rows' }],
  negative: [{ sql: '', server: {} }],
  nearMiss: [{ sql: '', server: { dbMaxRows: 100000 } }],
}
