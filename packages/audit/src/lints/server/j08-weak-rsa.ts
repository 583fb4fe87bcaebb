import { keyName, keysOf, serverLint } from './server-lint.js'

/** Short moduli are factored, and small exponents and a faulty generator give the key away. */
export const lint = serverLint({
  id: 'J08',
  severity: 'error',
  title: 'An RSA key protects nothing, or cannot be used',
  nearMiss: 'An RSA key of 2048 bits or more.',
  references: ['CWE-326', 'RFC 7518 3.3'],
  *find(server) {
    for (const [at, key] of keysOf(server).entries()) {
      if (key.kty !== 'RSA' || key.refusal === null || !/modulus|exponent/.test(key.refusal)) continue
      yield {
        object: keyName(key, at),
        message:
          'The key can be broken, so Rolecast leaves it out, and PostgREST may not. Make another one with `rolecast keys generate`.',
        evidence: `${server.file}: the key ${key.refusal}.`,
      }
    }
  },
})
