import { type LintCases, serverWithKeys } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J03',
  positive: [
    { sql: '', server: serverWithKeys({ kty: 'oct', alg: null }, { kid: 'b' }), object: 'jwt-secret' },
    { sql: '', server: serverWithKeys({ kty: 'oct', alg: 'HS256' }, { kid: 'b' }), object: 'jwt-secret' },
  ],
  negative: [{ sql: '', server: {} }],
  nearMiss: [{ sql: '', server: serverWithKeys({ kty: 'oct', alg: 'HS256' }, { kid: 'b', kty: 'oct', alg: 'HS512' }) }],
}
