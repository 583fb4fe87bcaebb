import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R10',
  positive: [{ sql: 'ALTER ROLE app_user LOGIN', object: 'app_user', role: 'app_user' }],
  negative: [{ sql: '' }],
  nearMiss: [{ sql: 'CREATE ROLE person LOGIN' }],
}
