import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { calculateJwkThumbprint, importJWK, type JWK, jwtVerify, SignJWT } from 'jose'
import { afterAll, expect, test } from 'vitest'
import { rolecastHere } from './run-command.js'

const home = mkdtempSync(join(tmpdir(), 'rolecast-keys-'))
afterAll(() => rmSync(home, { recursive: true, force: true }))

let folders = 0
const newFolder = () => join(home, `keys-${++folders}`)
const run = (...args: readonly string[]) => rolecastHere(args, home)
const read = (folder: string, file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'))
const modeOf = (path: string) => statSync(path).mode & 0o777

async function done(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args)
  expect(stderr).not.toMatch(/error|cannot/)
  expect(code).toBe(0)
  return stdout
}

async function generated(alg = 'ES256'): Promise<string> {
  const folder = newFolder()
  await done('keys', 'generate', '--alg', alg, '--out', folder)
  return folder
}

interface Listed {
  readonly kid: string
  readonly state: string
}

async function states(folder: string): Promise<Record<string, string>> {
  const { keys } = JSON.parse(await done('keys', 'list', '--keys', folder, '--json')) as { keys: Listed[] }
  return Object.fromEntries(keys.map(({ kid, state }) => [kid, state]))
}

/** Everything of a folder that only its owner may know. */
function secretsOf(folder: string): string[] {
  const members = ['d', 'k', 'p', 'q', 'dp', 'dq', 'qi']
  const { keys } = read(folder, 'keys.json') as { keys: Record<string, string>[] }
  return keys.flatMap((key) => members.flatMap((name) => key[name] ?? []))
}

const all = ['ES256', 'ES384', 'ES512', 'EdDSA', 'RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512']
const secretLengths = { HS256: 32, HS384: 48, HS512: 64 }

test.each([...all, ...Object.keys(secretLengths)])(
  '%s: a folder of its owner alone, whose tokens verify',
  async (alg) => {
    const folder = newFolder()
    const { code, stdout, stderr } = await run('keys', 'generate', '--alg', alg, '--out', folder)
    expect(code).toBe(0)
    expect([modeOf(folder), modeOf(join(folder, 'keys.json')), modeOf(join(folder, 'verify.json'))]).toEqual([
      0o700, 0o600, 0o600,
    ])
    expect(readdirSync(folder).sort()).toEqual(['keys.json', 'verify.json'])
    const [key] = (read(folder, 'keys.json') as { keys: JWK[] }).keys
    expect(key).toMatchObject({ alg, use: 'sig', kid: await calculateJwkThumbprint(key ?? {}) })
    for (const secret of secretsOf(folder)) expect(stdout + stderr).not.toContain(secret)

    const token = (
      await done('token', 'mint', '--keys', folder, '--role', 'app_user', '--sub', '7', '--ttl', '5m')
    ).trim()
    expect(await done('token', 'verify', '--keys', folder, token)).toContain('The token is good')
    const verified = await jwtVerify(token, await importJWK(read(folder, 'verify.json').keys[0]), { algorithms: [alg] })
    expect(verified.payload).toMatchObject({ role: 'app_user', sub: '7' })
    expect((verified.payload.exp ?? 0) - (verified.payload.iat ?? 0)).toBe(300)
    expect(verified.protectedHeader.kid).toBe(key?.kid)
  },
  30_000,
)

test.each(Object.entries(secretLengths))(
  'a secret for %s is as long as its hash, and has no public half',
  async (alg, length) => {
    const folder = await generated(alg)
    const [secret = ''] = secretsOf(folder)
    expect(Buffer.from(secret, 'base64url')).toHaveLength(length)
    const { code, stdout, stderr } = await run('keys', 'public', '--keys', folder)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).not.toContain(secret)
  },
)

test('the public half is a JWK Set without anything private', async () => {
  const folder = await generated('RS256')
  await done('keys', 'add', '--keys', folder, '--alg', 'EdDSA')
  await done('keys', 'add', '--keys', folder, '--alg', 'HS256')
  const printed = await done('keys', 'public', '--keys', folder)
  for (const secret of secretsOf(folder)) expect(printed).not.toContain(secret)
  const { keys } = JSON.parse(printed) as { keys: JWK[] }
  expect(keys.map(({ alg }) => alg)).toEqual(['RS256', 'EdDSA'])
  expect(keys.map((key) => Object.keys(key).sort())).toEqual([
    ['alg', 'e', 'kid', 'kty', 'n', 'use'],
    ['alg', 'crv', 'kid', 'kty', 'use', 'x'],
  ])
})

test('a key is added, promoted and retired, and what verifies follows', async () => {
  const folder = await generated()
  const [old = ''] = Object.keys(await states(folder))
  await done('keys', 'add', '--keys', folder)
  const [, next = ''] = Object.keys(await states(folder))
  expect(await states(folder)).toEqual({ [old]: 'signs', [next]: 'verifies' })
  await done('keys', 'promote', '--keys', folder)
  expect(await states(folder)).toEqual({ [old]: 'verifies', [next]: 'signs' })
  expect(read(folder, 'verify.json').keys).toHaveLength(2)
  await done('keys', 'retire', '--keys', folder, old.slice(0, 8))
  expect(await states(folder)).toEqual({ [next]: 'signs', [old]: 'retired' })
  expect(read(folder, 'verify.json').keys.map(({ kid }: JWK) => kid)).toEqual([next])
  expect(readFileSync(join(folder, 'keys.json'), 'utf8').match(/"d":/g)).toHaveLength(1)
  await done('keys', 'retire', '--keys', folder, old)
})

test('what would leave the folder broken is refused, and changes nothing', async () => {
  const folder = await generated()
  const [only = ''] = Object.keys(await states(folder))
  const before = readFileSync(join(folder, 'keys.json'), 'utf8')
  const cases: readonly (readonly [string[], RegExp])[] = [
    [['keys', 'generate', '--alg', 'ES256', '--out', folder], /has keys already/],
    [['keys', 'generate', '--alg', 'none', '--out', newFolder()], /--alg takes one of ES256/],
    [['keys', 'generate', '--alg', 'ES256', '--out', home], /is not empty/],
    [['keys', 'retire', '--keys', folder, only], /signs new tokens.*promote/],
    [['keys', 'retire', '--keys', folder, 'nobody\u001b[31m'], /There is no key nobody\\u\{1b\}/],
    [['keys', 'promote', '--keys', folder], /no other key to promote/],
    [['keys', 'add', '--keys', join(home, 'nothing')], /holds no keys.*generate/],
    [['keys', 'add', '--keys', folder, '--alg', 'ES256', '--from', 'x'], /not both/],
  ]
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await run(...args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
  }
  expect(readFileSync(join(folder, 'keys.json'), 'utf8')).toBe(before)
})

test('a private file that others can read is not used', async () => {
  const folder = await generated()
  chmodSync(join(folder, 'keys.json'), 0o644)
  const { code, stderr } = await run('token', 'mint', '--keys', folder, '--role', 'r')
  expect(code).toBe(2)
  expect(stderr).toMatch(/can be read by others.*chmod 600/)
})

test('a damaged file is named, and nothing of it is shown', async () => {
  const folder = await generated()
  const [secret = ''] = secretsOf(folder)
  const file = join(folder, 'keys.json')
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, -5))
  const { code, stderr } = await run('keys', 'list', '--keys', folder)
  expect(code).toBe(2)
  expect(stderr).toContain('damaged')
  expect(stderr).not.toContain(secret.slice(0, 8))
})

test('two changes at once: the second waits for nothing and says so', async () => {
  const folder = await generated()
  writeFileSync(join(folder, 'keys.lock'), '')
  const { code, stderr } = await run('keys', 'add', '--keys', folder)
  expect(code).toBe(2)
  expect(stderr).toMatch(/Another command is changing.*keys\.lock/)
})

test('an empty folder that was open to others is closed', async () => {
  const folder = newFolder()
  mkdirSync(folder, { mode: 0o755 })
  await done('keys', 'generate', '--alg', 'ES256', '--out', folder)
  expect(modeOf(folder)).toBe(0o700)
})

test('a secret in use elsewhere is rotated: its tokens still verify, and it never signs unless promoted', async () => {
  const folder = await generated()
  const secret = 'k7!Qz0pVw3_xLr9sTn2mYb5cHd8fJg1aEuIo'
  writeFileSync(join(home, 'secret.txt'), `${secret}\n`)
  const stdout = await done('keys', 'add', '--keys', folder, '--from', join(home, 'secret.txt'))
  expect(stdout).not.toContain(secret)
  const token = await new SignJWT({ role: 'app_user' })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('5m')
    .sign(Buffer.from(secret))
  expect(await done('token', 'verify', '--keys', folder, token)).toContain('The token is good')
  expect(Object.values(await states(folder))).toEqual(['signs', 'verifies'])
})

test('a JWK in use elsewhere keeps the name that its tokens have', async () => {
  const folder = await generated()
  const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' })
  writeFileSync(join(home, 'old.json'), JSON.stringify({ ...jwk, alg: 'ES256', kid: 'of-2024' }))
  await done('keys', 'add', '--keys', folder, '--from', join(home, 'old.json'))
  expect(await states(folder)).toMatchObject({ 'of-2024': 'verifies' })
})

test.each([
  ['a short secret', 'short', /has 5 bytes/],
  ['a published secret', 'reallyreallyreallyreallyverysafe', /published/],
  ['a public key', undefined, /no private half/],
  ['a JWK without alg', '{"kty":"EC"}', /must have an "alg"/],
  ['PEM', '-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMG\n-----END PRIVATE KEY-----\n', /PEM/],
])('%s is not taken', async (_name, text, message) => {
  const folder = await generated()
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  expect(privateKey.type).toBe('private')
  writeFileSync(join(home, 'key'), text ?? JSON.stringify({ ...publicKey.export({ format: 'jwk' }), alg: 'ES256' }))
  const { code, stderr } = await run('keys', 'add', '--keys', folder, '--from', join(home, 'key'))
  expect(code).toBe(2)
  expect(stderr).toMatch(message)
})
