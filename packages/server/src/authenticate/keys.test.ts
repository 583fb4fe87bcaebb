import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ConfigError } from '../errors/config-error.js'
import { parseKeys } from './keys.js'

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
const secret = { kty: 'oct', k: randomBytes(32).toString('base64url') }

function algorithmsOf(key: unknown): string[] {
  return parseKeys(JSON.stringify(key), false).keys.flatMap(({ verifiers }) => [...verifiers.keys()])
}

describe('the key decides on the algorithm', () => {
  test.each([
    [{ ...secret, alg: 'HS256' }, ['HS256']],
    [secret, ['HS256']],
    [{ ...secret, k: randomBytes(64).toString('base64url') }, ['HS256', 'HS384', 'HS512']],
    [{ ...ec, alg: 'ES256' }, ['ES256']],
    [ec, ['ES256']],
  ])('%o', (key, expected) => {
    expect(algorithmsOf(key)).toEqual(expected)
  })
})

describe('keys that are refused when the server starts', () => {
  test.each([
    ['a short secret', 'x'.repeat(31)],
    ['an empty set', '{"keys":[]}'],
    ['a set that is none', '{"keys":{}}'],
    ['an empty secret', JSON.stringify({ kty: 'oct', k: '' })],
    ['a short secret for its algorithm', JSON.stringify({ ...secret, alg: 'HS512' })],
    ['a short modulus', JSON.stringify(rsa(1024))],
    ['exponent 1', JSON.stringify({ ...rsa(2048), e: 'AQ' })],
    ['an algorithm of another type', JSON.stringify({ ...ec, alg: 'RS256' })],
    ['an algorithm of another curve', JSON.stringify({ ...ec, alg: 'ES384' })],
    ['an algorithm that is none', JSON.stringify({ ...ec, alg: 'none' })],
    ['a key for encryption', JSON.stringify({ ...ec, use: 'enc' })],
    ['operations without verify', JSON.stringify({ ...ec, key_ops: ['encrypt'] })],
    ['a point that is not on the curve', JSON.stringify({ ...ec, x: ec.y })],
    ['a kid that is no text', JSON.stringify({ ...ec, kid: 1 })],
    [
      'two keys with one kid',
      JSON.stringify({
        keys: [
          { ...ec, kid: 'a' },
          { ...ec, kid: 'a', use: 'sig' },
        ],
      }),
    ],
  ])('%s', (_, text) => {
    expect(() => parseKeys(text, false)).toThrow(ConfigError)
  })

  test('what is not base64', () => {
    expect(() => parseKeys('not base64!'.repeat(5), true)).toThrow(ConfigError)
  })

  test('no message shows the key', () => {
    expect(() => parseKeys('hunter2', false)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hunter2') }),
    )
  })
})

const secretText = randomBytes(32).toString('base64')
const spki = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = spki.publicKey.export({ format: 'pem', type: 'spki' }) as string
const der = (key: typeof spki.publicKey) => key.export({ format: 'der', type: 'spki' })
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64')
const set = JSON.stringify({ keys: [ec] })

describe('a secret is judged by what it is', () => {
  test.each([
    ['a URL', 'https://login.example.com/realms/shop/protocol/openid-connect/certs', /is a URL/],
    ['a URL in capitals, with blanks', '  HTTPS://LOGIN.EXAMPLE.COM/.well-known/jwks.json\n', /is a URL/],
    ['a URL of another scheme', 'file:///etc/keys/of/the/server/jwks.json', /is a URL/],
    ['a URL without a scheme', 'login.example.com/realms/shop/protocol/openid-connect/certs', /is a URL/],
    ['a URL without a scheme, with a port', 'localhost:8080/realms/shop/protocol/openid-connect/certs', /is a URL/],
    ['a PEM public key', pem, /is PEM/],
    ['PEM on one line', pem.replaceAll('\n', '\\n'), /is PEM/],
    ['PEM behind a comment', `# the key\n${pem}`, /is PEM/],
    ['PEM that was cut off', pem.slice(0, 120), /is PEM/],
    ['a PEM private key', spki.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string, /is PEM/],
    [
      'a key set that is cut off',
      '{"keys":[{"kty":"RSA","n":"sXchDaQebHnPiGvyDOAT4saGEUetSyo9MKLOoWFsueri23bOdgWp4D"',
      /JSON/,
    ],
    ['the beginning of a key set', `{"keys":[${' '.repeat(40)}`, /JSON/],
    ['an array of keys', JSON.stringify([ec]), /JSON/],
    ['a key set in single quotes', set.replaceAll('"', "'"), /JSON/],
    ['a key set with escaped quotes', set.replaceAll('"', '\\"'), /JSON/],
    ['a key set without quotes', `{keys: [{kty: RSA, alg: RS256, use: sig}]}`, /JSON/],
    [
      'the metadata of a provider',
      JSON.stringify({ issuer: 'https://a.example', jwks_uri: 'https://a.example/k' }),
      /JSON/,
    ],
    ['a secret in quotes', JSON.stringify(secretText), /JSON/],
    [
      'a key set that names its keys twice',
      '{"keys":[],"keys":[{"kty":"oct","k":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}]}',
      /JSON/,
    ],
    ['a key set in base64', base64(set), /jwt-secret-is-base64/],
    ['PEM in base64', base64(pem), /PEM in base64/],
    ['the middle of a PEM file', base64(der(spki.publicKey)), /DER/],
    ['the middle of a PEM file, on several lines', pem.replaceAll(/-----.*-----\n/g, ''), /DER/],
    ['an SSH key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ5vC0kSx0n8iG0Wb1lV0n1aZ6Wb me@example', /SSH/],
    ['the name of a file', '/run/secrets/identity-provider/keys/jwks.json', /write an @/],
    ['a token', 'eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', /is a token/],
    ['the error page of a download', `<!DOCTYPE html><html><body>404 Not Found</body></html>`, /HTML/],
    ['bytes that are no text', randomBytes(48).toString('utf8'), /binary/],
  ])('%s', (_, text, message) => {
    for (const allowInsecure of [false, true]) {
      expect(() => parseKeys(text, false, allowInsecure)).toThrow(message)
      expect(() => parseKeys(text, false, allowInsecure)).toThrow(/^jwt-secret: /)
    }
  })

  test.each([
    ['a URL', base64('https://login.example.com/realms/shop/protocol/openid-connect/certs'), /is a URL/],
    ['PEM', base64(pem), /is PEM/],
    ['half a key set', base64('{"keys":[{"kty":"RSA","n":"sXchDaQebHnPiGvy'), /JSON/],
    ['a key in DER', base64(der(spki.publicKey)), /DER/],
    ['no base64', pem, /is PEM/],
    ['base64 that is cut off', `${base64(randomBytes(33))}A`, /not base64/],
    ['base64 on two lines', `${base64(randomBytes(33))}\n${base64(randomBytes(33))}`, /not base64/],
  ])('in base64: %s', (_, text, message) => {
    expect(() => parseKeys(text, true)).toThrow(message)
  })

  test.each([
    ['random text', secretText, false],
    ['random bytes', base64(randomBytes(48)), true],
    ['bytes with a zero', base64(Buffer.from(`${'x\0'.repeat(16)}abcdefghijklm`)), true],
    ['words', 'correct horse battery staple, and a few words more', false],
    ['text with brackets', `{${secretText}`, false],
    ['text with a slash and a dot', `aB3.${secretText}`.replaceAll('/', '_'), false],
    ['a key set with a byte order mark', `\uFEFF${set}`, false],
    ['a key set in base64', base64(set), true],
  ])('%s is one', (_, text, isBase64) => {
    expect(parseKeys(text, isBase64)).toMatchObject({ keys: [{}], warnings: [] })
  })

  test.each([
    ['a secret of manuals', 'reallyreallyreallyreallyverysafe', false, /published/],
    ['a secret of manuals, in capitals', 'REALLYREALLYREALLYREALLYVERYSAFE\n', false, /published/],
    [
      'a secret of manuals in base64',
      base64('your-super-secret-jwt-token-with-at-least-32-characters-long'),
      true,
      /published/,
    ],
    [
      'a secret of manuals in a JWK',
      JSON.stringify({ kty: 'oct', k: Buffer.from('a-string-secret-at-least-256-bits-long').toString('base64url') }),
      false,
      /published/,
    ],
    ['a short secret', 'x'.repeat(31), false, /31 bytes/],
    ['a short secret in a JWK', JSON.stringify({ kty: 'oct', k: 'AAAA' }), false, /3 bytes/],
  ])('%s is refused, unless that is allowed', (_, text, isBase64, message) => {
    expect(() => parseKeys(text, isBase64)).toThrow(message)
    expect(parseKeys(text, isBase64, true)).toMatchObject({
      keys: [{}],
      warnings: [expect.stringMatching(message)],
    })
  })

  test('one that repeats itself is warned of', () => {
    const { warnings } = parseKeys('secret'.repeat(6), false)
    expect(warnings).toEqual([expect.stringMatching(/repeats 6 bytes/)])
  })

  test('a private key where a public one belongs is warned of', () => {
    const jwk = JSON.stringify({ ...spki.privateKey.export({ format: 'jwk' }), kid: 'mine' })
    expect(parseKeys(jwk, false).warnings).toEqual([expect.stringMatching(/the key "mine" is private/)])
    expect(parseKeys(`{"keys":[${jwk}]}`, false).warnings).toEqual([expect.stringMatching(/is private/)])
  })
})

describe('a key set (RFC 7517, section 5)', () => {
  const keysOf = (...keys: unknown[]) => parseKeys(JSON.stringify({ keys }), false)
  const known = { ...ec, kid: 'known' }

  test.each([
    ['for encryption', { ...rsa(2048), use: 'enc', alg: 'RSA-OAEP', kid: 'enc' }],
    ['for encryption, as its algorithm says', { ...rsa(2048), alg: 'RSA-OAEP-256' }],
    ['for encryption, as its operations say', { ...ec, key_ops: ['deriveKey'] }],
    ['of an unknown type', { kty: 'AKP', alg: 'ML-DSA-44', pub: 'AAAA' }],
    ['of an unknown curve', { kty: 'EC', crv: 'secp256k1', x: 'AAAA', y: 'AAAA' }],
    ['for key agreement', { kty: 'OKP', crv: 'X25519', x: 'AAAA' }],
    ['without a type', {}],
  ])('leaves out keys %s', (_, other) => {
    expect(keysOf(known, other)).toMatchObject({ keys: [{ kid: 'known' }], warnings: [] })
    expect(() => keysOf(other)).toThrow(/no key that verifies tokens/)
  })

  test.each([
    ['too short', rsa(1024)],
    ['without a type', { alg: 'RS256' }],
    ['incomplete', { kty: 'RSA', alg: 'RS256', e: 'AQAB' }],
    ['not on their curve', { ...ec, x: ec.y }],
    ['of another type than their algorithm', { ...ec, alg: 'RS256' }],
    ['named by what is no text', { ...ec, kid: 1 }],
    [
      'secrets that are published',
      { kty: 'oct', k: Buffer.from('reallyreallyreallyreallyverysafe').toString('base64url') },
    ],
  ])('leaves out keys that are %s, with a warning', (_, broken) => {
    expect(keysOf(known, broken)).toMatchObject({
      keys: [{ kid: 'known' }],
      warnings: [expect.stringMatching(/It is left out/)],
    })
    expect(() => keysOf(broken)).toThrow(/no key that verifies tokens/)
  })

  test('may have secrets beside public keys, also of one name', () => {
    const { keys } = keysOf({ ...secret, alg: 'HS256', kid: 'a' }, { ...rsa(2048), alg: 'RS256', kid: 'a' })
    expect(keys.map(({ verifiers }) => [...verifiers.keys()])).toEqual([['HS256'], ['RS256']])
  })
})
