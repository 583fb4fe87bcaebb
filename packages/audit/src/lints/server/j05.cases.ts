import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J05',
  positive: [{ sql: '', server: { jwtRequireExp: false }, object: 'jwt-require-exp' }],
  negative: [{ sql: '', server: {} }],
  nearMiss: [{ sql: '', server: { tokenKeys: null, jwtRequireExp: false } }],
}
