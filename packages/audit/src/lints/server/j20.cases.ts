import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J20',
  positive: [{ sql: '', server: { connection: { isRemote: true, isVerified: false } }, object: 'db-uri' }],
  negative: [{ sql: '', server: {} }],
  nearMiss: [{ sql: '', server: { connection: { isRemote: false, isVerified: false } } }],
}
