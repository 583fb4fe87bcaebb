import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R11',
  positive: [{ sql: 'REVOKE anon FROM authenticator', object: 'anon', role: 'anon' }],
  negative: [{ sql: '' }],
  nearMiss: [{ sql: 'GRANT anon TO app_user; REVOKE anon FROM authenticator' }],
}
