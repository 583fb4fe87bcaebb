import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT } from 'jose'
import { afterEach, describe, expect, test } from 'vitest'
import { ConfigError } from '../../errors/config-error.js'
import { type AuthenticatorSettings, createAuthenticator } from '../authenticator.js'
import { fetchKeySet } from './fetch-key-set.js'
import { freshnessOf } from './freshness.js'
import { KeySetError } from './key-set-error.js'
import { keyUrlOf } from './key-url.js'
import { openKeys } from './open-keys.js'
import { RemoteKeySet } from './remote-key-set.js'

function keyPair(kid: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const token = () => new SignJWT({ role: 'crew' }).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey)
  return { jwk: { ...publicKey.export({ format: 'jwk' }), kid }, token }
}

const [one, two] = [keyPair('one'), keyPair('two')]
const secretJwk = { kty: 'oct', kid: 's', alg: 'HS256', k: Buffer.alloc(32, 'x9K').toString('base64url') }
const setOf = (...keys: object[]) => JSON.stringify({ keys })

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

async function serving(listener: RequestListener): Promise<string> {
  server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks?secret=1`
}

const said: string[] = []
const observer = { changed: (message: string) => said.push(message), failed: (message: string) => said.push(message) }

const settings: AuthenticatorSettings = {
  dbAnonRole: 'anon',
  jwtAllowInsecureSecret: false,
  jwtAud: null,
  jwtCacheMaxEntries: 100,
  jwtDeniedIds: [],
  jwtIss: null,
  jwtMaxAge: null,
  jwtRequireAud: false,
  jwtRequireExp: false,
  jwtRoleClaimKey: '$.role',
  jwtRoles: [],
  jwtSecret: null,
  jwtSecretIsBase64: false,
  jwtTyp: null,
}

describe('what jwt-secret names', () => {
  test.each([
    'https://id.example.com/jwks',
    'http://127.0.0.1:9999/keys',
    'http://localhost/keys',
    'http://[::1]:1/keys',
  ])('%s is fetched', (text) => expect(keyUrlOf(text, false)?.href).toBe(new URL(text).href))

  test.each(['http://id.example.com/jwks', 'http://127.0.0.1.example.com/', 'ftp://localhost/x', 'a secret, of words'])(
    '%s is not',
    (text) => expect(keyUrlOf(text, false)).toBeNull(),
  )

  test('passwords in it and base64 are errors', () => {
    expect(() => keyUrlOf('https://me:pass@id.example.com/', false)).toThrow(ConfigError)
    expect(() => keyUrlOf('https://id.example.com/', true)).toThrow(ConfigError)
  })
})

test.each([
  ['max-age=3600', {}, 3600],
  ['public, max-age="120"', {}, 120],
  ['max-age=3600', { age: '600' }, 3000],
  ['max-age=1', {}, 60],
  ['max-age=9999999', {}, 86_400],
  ['no-store, max-age=3600', {}, 60],
  ['private', {}, 600],
])('Cache-Control: %s', (control, more: Record<string, string>, seconds) => {
  expect(freshnessOf(new Headers({ 'cache-control': control, ...more }))).toBe(seconds)
})

describe('a set that cannot be used', () => {
  const answers: [string, RequestListener, string][] = [
    ['a redirect', (_, response) => response.writeHead(302, { Location: '/other' }).end(), 'redirects (302)'],
    ['an error', (_, response) => response.writeHead(500).end(), 'answers 500'],
    ['one without end', (_, response) => void response.end('x'.repeat(1_100_000)), 'more than 1048576 bytes'],
    ['a page', (_, response) => response.end('<html>'), 'is not a JWK set'],
    ['no key', (_, response) => response.end(setOf()), 'has no key that verifies tokens'],
    ['a secret', (_, response) => response.end(setOf(secretJwk)), 'is symmetric'],
    [
      'a cut answer',
      (_, response) => void response.writeHead(200, { 'Content-Length': 9 }).write('{', () => response.destroy()),
      'cannot be reached',
    ],
  ]
  test.each(answers)('%s', async (_, listener, message) => {
    const opening = openKeys({ ...settings, jwtSecret: await serving(listener) }, observer)
    await expect(opening).rejects.toThrow(KeySetError)
    await expect(opening).rejects.toThrow(message)
    await expect(opening).rejects.not.toThrow('secret=1')
  })

  test('nobody there', async () => {
    await expect(fetchKeySet(new URL('http://127.0.0.1:1/'))).rejects.toThrow(KeySetError)
  })
})

test('a secret in a set is left out with a warning', async () => {
  const url = new URL('https://id.example.com/jwks')
  const set = await RemoteKeySet.open(url, observer, async () => ({
    text: setOf(secretJwk, one.jwk),
    freshSeconds: 60,
  }))
  set.close()
  expect(set.keys.map(({ kid }) => kid)).toEqual(['one'])
  expect(set.warnings.join()).toContain('"s" is symmetric')
})

test('an unknown key is looked for, seldom; what fails changes nothing', async () => {
  said.length = 0
  let answer: () => string = () => setOf(one.jwk)
  let [fetched, clock] = [0, 0]
  const fetchSet = async () => {
    fetched += 1
    return { text: answer(), freshSeconds: 60 }
  }
  const set = await RemoteKeySet.open(new URL('https://id.example.com/jwks'), observer, fetchSet, () => clock)
  const authenticator = createAuthenticator(settings, [], set)
  const [first, second] = [`Bearer ${await one.token()}`, `Bearer ${await two.token()}`]
  expect(authenticator.authenticate(first).role).toBe('crew')
  expect(authenticator.lookForKey(first)).toBeNull()
  expect(() => authenticator.authenticate(second)).toThrow()
  expect(authenticator.lookForKey(second)).toBeNull() // it has only just been fetched

  clock += 10_000
  answer = () => {
    throw new KeySetError('it is down')
  }
  await authenticator.lookForKey(second)
  expect(set.isFailing).toBe(true)
  expect(authenticator.authenticate(first).role).toBe('crew')

  clock += 10_000
  answer = () => setOf(two.jwk)
  await Promise.all([authenticator.lookForKey(second), authenticator.lookForKey(second)])
  expect(authenticator.authenticate(second).role).toBe('crew')
  expect(() => authenticator.authenticate(first), 'the key is gone, though the token was known').toThrow()
  expect(fetched).toBe(3)
  expect(said).toEqual(['it is down', 'Other keys are fetched from https://id.example.com/jwks: 1.'])
  expect(set.counts).toEqual({ successes: 2, failures: 1 })

  set.close()
  clock += 10_000
  expect(authenticator.lookForKey(first)).toBeNull()
})
