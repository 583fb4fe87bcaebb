import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R04',
  positive: [{ sql: 'ALTER ROLE authenticator INHERIT', object: 'authenticator' }],
  negative: [{ sql: '' }],
  nearMiss: [{ sql: 'REVOKE anon, app_user FROM authenticator; ALTER ROLE authenticator INHERIT' }],
}
