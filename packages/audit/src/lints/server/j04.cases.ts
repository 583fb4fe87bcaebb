import type { LintCases } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J04',
  positive: [
    { sql: '', server: { jwtAud: null }, object: 'jwt-aud' },
    { sql: '', server: { jwtRequireAud: false }, object: 'jwt-require-aud' },
  ],
  negative: [{ sql: '', server: {} }],
  nearMiss: [{ sql: '', server: { tokenKeys: null, jwtAud: null } }],
}
