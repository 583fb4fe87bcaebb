import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R02',
  positive: [{ sql: 'ALTER ROLE authenticator BYPASSRLS', object: 'authenticator' }],
  negative: [{ sql: '' }],
  nearMiss: [{ sql: 'CREATE ROLE svc BYPASSRLS; GRANT svc TO authenticator' }],
}
