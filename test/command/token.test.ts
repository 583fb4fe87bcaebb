import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importJWK, type JWK, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rolecastHere } from './run-command.js'

const home = mkdtempSync(join(tmpdir(), 'rolecast-token-'))
const keys = join(home, 'keys')
const others = join(home, 'others')
afterAll(() => rmSync(home, { recursive: true, force: true }))

const run = (...args: readonly string[]) => rolecastHere(args, home)
const mint = async (folder: string, ...args: readonly string[]) =>
  (await run('token', 'mint', '--keys', folder, '--role', 'app_user', ...args)).stdout.trim()
const keyOf = (folder: string) =>
  (JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')) as { keys: JWK[] }).keys[0]
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

beforeAll(async () => {
  for (const folder of [keys, others]) await run('keys', 'generate', '--alg', 'ES256', '--out', folder)
})

/** A token of our key with any header and claims. */
async function signed(claims: Record<string, unknown>, header: Record<string, string> = {}): Promise<string> {
  const jwk = keyOf(keys) ?? {}
  return new SignJWT({ role: 'app_user', ...claims })
    .setProtectedHeader({ alg: 'ES256', ...(jwk.kid && { kid: jwk.kid }), ...header })
    .sign(await importJWK(jwk))
}

const second = () => Math.floor(Date.now() / 1000)

const refusals: Readonly<
  Record<string, () => Promise<readonly [token: string, kind: string, reason: RegExp, ...args: string[]]>>
> = {
  expired: async () => [await signed({ exp: second() - 2 }), 'expired', /It expired at 20\d\d-/],
  'not yet valid': async () => [await signed({ nbf: second() + 20 }), 'not-yet-valid', /valid from 20\d\d-/],
  'issued in the future': async () => [await signed({ iat: second() + 20 }), 'not-yet-valid', /in the future/],
  'of a key of somebody else': async () => [await mint(others), 'unknown-kid', /names the key/],
  'of another key under our name': async () => {
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', kid: keyOf(keys)?.kid ?? '' })
      .sign(await importJWK(keyOf(others) ?? {}))
    return [token, 'bad-signature', /another key signed it/]
  },
  'of another key, without a name': async () => {
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'ES256' }).sign(await importJWK(keyOf(others) ?? {}))
    return [token, 'bad-signature', /of none of the keys/]
  },
  changed: async () => {
    const [header, , signature] = (await mint(keys)).split('.')
    return [`${header}.${encode({ role: 'admin' })}.${signature}`, 'bad-signature', /was changed/]
  },
  'without a signature': async () => [
    `${encode({ alg: 'none' })}.${encode({ role: 'admin' })}.`,
    'unsecured',
    /"none"/,
  ],
  'without a signature, in capitals': async () => [`${encode({ alg: 'NoNe' })}.${encode({})}.`, 'unsecured', /"none"/],
  'signed with the public key as a secret': async () => {
    const text = Buffer.from(JSON.stringify(keyOf(keys)?.x))
    const token = await new SignJWT({ role: 'admin' })
      .setProtectedHeader({ alg: 'HS256', kid: keyOf(keys)?.kid ?? '' })
      .sign(Buffer.concat([text, text]))
    return [token, 'wrong-algorithm', /"HS256", and the key takes ES256 only/]
  },
  'with a hostile name': async () => [await signed({}, { kid: 'x\u001b[31m' }), 'unknown-kid', /names the key/],
  'for another server': async () => [await mint(keys, '--aud', 'a'), 'refused-claims', /audience/, '--aud', 'b'],
  'for no server in particular': async () => [await mint(keys), 'refused-claims', /audience/, '--aud', 'b'],
  'of another issuer': async () => [await mint(keys, '--iss', 'a'), 'refused-claims', /issuer/, '--iss', 'b'],
  'no token': async () => ['hello', 'malformed', /no JWT/],
  'with claims that are no object': async () => [
    `${(await mint(keys)).split('.')[0]}.${encode([])}.AAAA`,
    'malformed',
    /no JWT/,
  ],
}

test.each(Object.entries(refusals))('verify refuses a token that is %s, and says why', async (_name, make) => {
  const [token, kind, reason, ...args] = await make()
  const { code, stdout, stderr } = await run('token', 'verify', '--keys', keys, ...args, token)
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(reason)
  expect(stderr).not.toContain('\u001b')
  const json = await run('token', 'verify', '--keys', keys, '--json', ...args, token)
  expect([json.code, JSON.parse(json.stdout)]).toMatchObject([1, { verified: false, kind }])
})

test('a token lasts as long as --ttl says', async () => {
  const token = await mint(keys, '--ttl', '1s')
  expect((await run('token', 'verify', '--keys', keys, token)).code).toBe(0)
  await new Promise((resolve) => setTimeout(resolve, 2000))
  expect((await run('token', 'verify', '--keys', keys, token)).code).toBe(1)
})

test('a key that was retired is named as such', async () => {
  const folder = join(home, 'rotated')
  await run('keys', 'generate', '--alg', 'EdDSA', '--out', folder)
  const token = await mint(folder)
  const kid = keyOf(folder)?.kid ?? ''
  await run('keys', 'add', '--keys', folder)
  await run('keys', 'promote', '--keys', folder)
  expect((await run('token', 'verify', '--keys', folder, token)).code).toBe(0)
  await run('keys', 'retire', '--keys', folder, kid)
  const { code, stderr } = await run('token', 'verify', '--keys', folder, token)
  expect(code).toBe(1)
  expect(stderr).toContain('was retired at 20')
})

test('mint says what it is told', async () => {
  const token = await mint(
    keys,
    '--sub',
    's',
    '--aud',
    'a',
    '--iss',
    'i',
    '--ttl',
    '1h',
    '--claims',
    '{"tenant":"t","list":[1]}',
  )
  const { stdout } = await run('token', 'verify', '--keys', keys, '--aud', 'a', '--iss', 'i', '--json', token)
  const { claims } = JSON.parse(stdout)
  expect(claims).toMatchObject({ role: 'app_user', sub: 's', aud: 'a', iss: 'i', tenant: 't', list: [1] })
  expect(claims.exp - claims.iat).toBe(3600)
})

test.each([
  [['--ttl', '0s'], /--ttl takes a duration/],
  [['--ttl', '-5m'], /--ttl/],
  [['--ttl', 'soon'], /--ttl takes a duration/],
  [['--claims', 'nope'], /--claims must be a JSON object/],
  [['--claims', '[]'], /--claims must be a JSON object/],
  [['--claims', '{"a":1,"a":2}'], /names nothing twice/],
  [['--claims', '{"role":"admin"}'], /--role says the claim "role"/],
  [['--claims', '{"exp":99999999999}'], /--ttl says the claim "exp"/],
  [['--claims', '{"a":{"b":[12345678901234567890]}}'], /kept exactly/],
  [['--role', 'none'], /--role must name a role/],
  [['--role', 'r'.repeat(64)], /--role must name a role/],
])('mint refuses %j', async (args, message) => {
  const { code, stdout, stderr } = await run('token', 'mint', '--keys', keys, '--role', 'app_user', ...args)
  expect([code, stdout]).toEqual([2, ''])
  expect(stderr).toMatch(message)
})

test('decode says plainly that nothing was verified, and no claim steers a terminal', async () => {
  const claims = { role: 'admin', name: 'evil\u001b[31m\u202e\u009b' }
  const token = `${encode({ alg: 'none' })}.${encode(claims)}.`
  const { code, stdout } = await run('token', 'decode', token)
  expect(code).toBe(0)
  expect(stdout).toMatch(/^NOT VERIFIED/)
  for (const character of ['\u001b', '\u202e', '\u009b']) expect(stdout).not.toContain(character)
  const json = await run('token', 'decode', '--json', token)
  expect(JSON.parse(json.stdout)).toEqual({ verified: false, header: { alg: 'none' }, claims })
  expect((await run('token', 'decode', 'a.b')).code).toBe(2)
})
