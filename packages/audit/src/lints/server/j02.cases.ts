import { type LintCases, serverWithKeys } from '../../lint-cases.fixture.js'

export const cases: LintCases = {
  id: 'J02',
  positive: [
    {
      sql: '',
      server: serverWithKeys({ kty: 'oct', alg: 'HS256', secretBytes: 32, secretBits: 106 }),
      object: 'jwt-secret',
    },
    {
      sql: '',
      server: serverWithKeys({
        kty: 'oct',
        alg: 'HS512',
        secretBytes: 32,
        secretBits: 180,
        refusal: 'is too short for its algorithm',
      }),
      object: 'jwt-secret',
    },
    {
      sql: '',
      server: {
        tokenKeys: { problem: 'jwt-secret: the secret has 5 bytes; at least 32 are needed.', doubts: [], keys: [] },
      },
      object: 'jwt-secret',
    },
    {
      sql: '',
      server: {
        tokenKeys: {
          problem: null,
          doubts: ['jwt-secret: the secret repeats 2 bytes over and over, so it is easy to guess.'],
          keys: [],
        },
      },
      object: 'jwt-secret',
    },
    { sql: '', server: { jwtAllowInsecureSecret: true }, object: 'jwt-allow-insecure-secret' },
  ],
  negative: [
    { sql: '', server: {} },
    { sql: '', server: serverWithKeys({ kty: 'oct', alg: 'HS256', secretBytes: 48, secretBits: 280 }) },
  ],
  nearMiss: [{ sql: '', server: { tokenKeys: null } }],
}
