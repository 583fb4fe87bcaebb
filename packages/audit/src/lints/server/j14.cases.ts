import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J14',
  positive: [{ sql: '', server: { openapiMode: 'ignore-privileges' }, object: 'openapi-mode' }],
  negative: [{ sql: '', server: {} }],
  nearMiss: [{ sql: '', server: { openapiMode: 'disabled' } }],
}
