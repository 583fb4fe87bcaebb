import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R03',
  positive: [{ sql: 'ALTER ROLE authenticator NOLOGIN', object: 'authenticator' }],
  negative: [{ sql: '' }],
  nearMiss: [{ sql: 'CREATE ROLE other NOLOGIN' }],
}
