import { keyName, keysOf, serverLint } from './server-lint.js'

/** A server that only verifies should not be able to sign. */
export const lint = serverLint({
  id: 'J07',
  severity: 'error',
  title: 'The server has the private half of a key',
  nearMiss: 'A secret: it has one half only.',
  references: ['CWE-522'],
  *find(server) {
    for (const [at, key] of keysOf(server).entries()) {
      if (!key.isPrivate || key.kty === 'oct') continue
      yield {
        object: keyName(key, at),
        message: 'Whoever reads the configuration can sign tokens. The public half is enough: `rolecast keys public`.',
        evidence: `${server.file}: the JWK has private members.`,
      }
    }
  },
})
