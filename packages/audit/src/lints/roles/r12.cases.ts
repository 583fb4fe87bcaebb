import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'R12',
  positive: [{ sql: 'GRANT app_user TO anon', object: 'anon', role: 'anon' }],
  negative: [{ sql: '' }],
  nearMiss: [{ sql: 'GRANT anon TO app_user' }],
}
