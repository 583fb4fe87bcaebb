import { keysOf, serverLint } from './server-lint.js'

/** The classic confusion: a token that is signed with the text of the public key as a secret. */
export const lint = serverLint({
  id: 'J03',
  severity: 'error',
  title: 'Secrets and public keys stand in one set',
  nearMiss: 'A set of keys of one family.',
  references: ['CWE-347', 'RFC 8725 3.1'],
  *find(server) {
    const keys = keysOf(server)
    const secrets = keys.filter(({ kty }) => kty === 'oct')
    if (secrets.length === 0 || secrets.length === keys.length) return
    const isUnbound = keys.some(({ alg }) => alg === null)
    yield {
      object: 'jwt-secret',
      severity: isUnbound ? 'error' : 'warning',
      message: isUnbound
        ? 'Some keys do not say their algorithm, so a library may take a public key for a secret, which everybody knows. Split the set.'
        : 'A library that ignores the algorithms of keys takes a public key for a secret. Split the set when the rotation is over.',
      evidence: `${server.file}: ${secrets.length} of ${keys.length} keys are secrets.`,
    }
  },
})
