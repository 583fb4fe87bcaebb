import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R05',
  positive: [{ sql: 'ALTER ROLE authenticator CREATEROLE', object: 'authenticator' }],
  negative: [{ sql: '' }],
  nearMiss: [{ sql: 'CREATE ROLE other CREATEDB' }],
}
