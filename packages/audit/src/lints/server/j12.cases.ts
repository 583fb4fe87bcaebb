import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J12',
  positive: [
    { sql: '', server: { corsAllowedOrigins: [] }, object: 'server-cors-allowed-origins' },
    { sql: '', server: { corsAllowedOrigins: ['*'] }, object: 'server-cors-allowed-origins' },
  ],
  negative: [{ sql: '', server: {} }],
  nearMiss: [{ sql: '', server: { corsAllowedOrigins: ['https://a.example', 'https://b.example'] } }],
}
