import { type LintCases, serverWithKeys } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J08',
  positive: [
    {
      sql: '',
      server: serverWithKeys({ kty: 'RSA', alg: 'RS256', refusal: 'has a modulus of less than 2048 bits' }),
      object: 'key "a" of jwt-secret',
    },
  ],
  negative: [{ sql: '', server: serverWithKeys({ kty: 'RSA', alg: 'RS256' }) }],
  nearMiss: [{ sql: '', server: serverWithKeys({ kty: 'RSA', alg: 'RSA-OAEP', refusal: 'is not for signatures' }) }],
}
