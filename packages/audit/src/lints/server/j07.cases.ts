import { type LintCases, serverWithKeys } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J07',
  positive: [{ sql: '', server: serverWithKeys({ isPrivate: true }), object: 'key "a" of jwt-secret' }],
  negative: [{ sql: '', server: {} }],
  nearMiss: [{ sql: '', server: serverWithKeys({ kty: 'oct', alg: 'HS256', secretBytes: 32, secretBits: 200 }) }],
}
