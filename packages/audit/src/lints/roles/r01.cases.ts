import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R01',
  positive: [{ sql: 'ALTER ROLE authenticator SUPERUSER', object: 'authenticator' }],
  negative: [{ sql: '' }],
  nearMiss: [{ sql: 'CREATE ROLE boss SUPERUSER' }],
}
