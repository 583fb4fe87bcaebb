import { type LintCases, serverWithKeys } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J09',
  positive: [{ sql: '', server: serverWithKeys({ kid: null, kty: 'RSA', alg: null }), object: 'key 1 of jwt-secret' }],
  negative: [{ sql: '', server: {} }],
  nearMiss: [
    { sql: '', server: serverWithKeys({ kty: 'oct', kid: null, alg: 'HS256', secretBytes: 40, secretBits: 200 }) },
  ],
}
