import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J13',
  positive: [{ sql: '', server: { dbPlanEnabled: true }, object: 'db-plan-enabled' }],
  negative: [{ sql: '', server: {} }],
  nearMiss: [{ sql: '', server: { dbPlanEnabled: false, logLevel: 'debug' } }],
}
