import { keyName, serverLint } from './server-lint.js'

/** Text of few different characters is guessed sooner than its length says. */
const LEAST_BITS = 160

/** A secret that is short, published or of few different characters. */
export const lint = serverLint({
  id: 'J02',
  severity: 'critical',
  title: 'The key of tokens can be guessed, or cannot be used',
  nearMiss: 'A secret in random bytes of the length of its hash.',
  references: ['CWE-326', 'CWE-521', 'RFC 7518 3.2'],
  *find(server) {
    const { tokenKeys, file, jwtAllowInsecureSecret } = server
    if (tokenKeys === null) return
    const weak = tokenKeys.keys.flatMap((key, at) => {
      if (key.kty !== 'oct') return []
      if (key.refusal !== null) return [`${keyName(key, at)} ${key.refusal}`]
      const guesses = key.secretBits ?? LEAST_BITS
      return guesses < LEAST_BITS
        ? [`${keyName(key, at)} is worth ${guesses} bits at most; ${LEAST_BITS} are needed`]
        : []
    })
    const guessable = tokenKeys.doubts.filter((doubt) => doubt.includes('easy to guess'))
    const [reason] = [...(tokenKeys.problem === null ? [] : [tokenKeys.problem]), ...guessable, ...weak]
    if (reason !== undefined) {
      yield {
        object: 'jwt-secret',
        message: 'Whoever guesses the key signs tokens of any role. Make another one with `rolecast keys generate`.',
        evidence: `${file}: ${reason.replace(/\.?$/, '.')}`,
      }
    }
    if (jwtAllowInsecureSecret) {
      yield {
        object: 'jwt-allow-insecure-secret',
        message: 'Secrets that are short or published are taken. That is for tests.',
        evidence: `${file}: jwt-allow-insecure-secret = true.`,
      }
    }
  },
})
