import { keyName, keysOf, serverLint } from './server-lint.js'

/** One key, one algorithm: the key decides, not the token. */
export const lint = serverLint({
  id: 'J09',
  severity: 'error',
  title: 'A key does not say its algorithm',
  nearMiss: 'A secret that is plain text: it is for HS256.',
  references: ['CWE-347', 'RFC 8725 3.1'],
  *find(server) {
    for (const [at, key] of keysOf(server).entries()) {
      if (key.alg !== null || key.refusal !== null) continue
      yield {
        object: keyName(key, at),
        message: 'The token then chooses among the algorithms of its type. Add "alg" to the JWK.',
        evidence: `${server.file}: the JWK has no "alg".`,
      }
    }
  },
})
