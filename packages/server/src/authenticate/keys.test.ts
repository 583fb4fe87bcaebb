import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ConfigError } from '../errors/config-error.js'
import { parseKeys } from './keys.js'

const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
const secret = { kty: 'oct', k: Buffer.alloc(32, 7).toString('base64url') }

function algorithmsOf(key: unknown): string[] {
  return parseKeys(JSON.stringify(key), false).flatMap(({ verifiers }) => [...verifiers.keys()])
}

describe('the key decides on the algorithm', () => {
  test.each([
    [{ ...secret, alg: 'HS256' }, ['HS256']],
    [secret, ['HS256']],
    [{ ...secret, k: Buffer.alloc(64, 7).toString('base64url') }, ['HS256', 'HS384', 'HS512']],
    [{ ...ec, alg: 'ES256' }, ['ES256']],
    [ec, ['ES256']],
  ])('%o', (key, expected) => {
    expect(algorithmsOf(key)).toEqual(expected)
  })

  test('text that is no JWK is a secret for HS256, even where it looks like JSON', () => {
    for (const text of ['x'.repeat(32), `{"a":1}${' '.repeat(32)}`, `{not json at all, but long enough}`]) {
      expect(parseKeys(text, false)[0]?.verifiers.has('HS256')).toBe(true)
    }
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
          { ...ec, kid: 'a' },
        ],
      }),
    ],
    ['secrets among public keys', JSON.stringify({ keys: [ec, secret] })],
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
