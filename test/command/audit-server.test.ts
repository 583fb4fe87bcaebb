import { generateKeyPairSync } from 'node:crypto'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeProject, type Project } from './project.js'
import { rolecastHere } from './run-command.js'

let postgres: EmbeddedPostgres
let project: Project

beforeAll(async () => {
  project = await makeProject()
  postgres = await startPostgres({ authentication: 'trust', version: 16 })
  const owner = new pg.Client({ connectionString: postgres.uri })
  await owner.connect()
  await owner.query(`
    CREATE ROLE anon; CREATE ROLE app_user; CREATE ROLE authenticator LOGIN NOINHERIT;
    GRANT anon, app_user TO authenticator; CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO anon, app_user`)
  await owner.end()
})
afterAll(async () => {
  await postgres?.stop()
  await project?.[Symbol.asyncDispose]()
})

const ec = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })
const rsa = (modulusLength: number) => generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' })

/** The server's findings for a file of these lines, by id. */
async function found(lines: Readonly<Record<string, unknown>>): Promise<Map<string, string[]>> {
  const all = { 'db-uri': postgres.uriOf({ user: 'authenticator' }), 'db-schemas': 'api', ...lines }
  const text = Object.entries(all).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
  const file = await project.write(`${crypto.randomUUID()}.conf`, text.join(''))
  const { stdout, stderr } = await rolecastHere(['audit', '--json', '--config', file], project.folder)
  if (stdout === '') throw new Error(stderr)
  const { findings } = JSON.parse(stdout) as { findings: { id: string; object: string }[] }
  const own = findings.filter(({ id }) => id.startsWith('J'))
  return new Map(own.map(({ id }) => [id, own.filter((one) => one.id === id).map(({ object }) => object)]))
}

const { kty, crv, x, y } = ec().publicKey.export({ format: 'jwk' })
const good = {
  'db-anon-role': 'anon',
  'jwt-secret': JSON.stringify({ keys: [{ kty, crv, x, y, kid: '1', alg: 'ES256' }] }),
  'jwt-aud': 'https://api.example.com',
  'jwt-require-aud': true,
  'jwt-require-exp': true,
  'server-cors-allowed-origins': 'https://app.example.com',
  'db-max-rows': 1000,
  'client-error-verbosity': 'minimal',
  'admin-server-host': '127.0.0.1',
  'admin-server-port': 3001,
}

test('a careful configuration has no finding', async () => {
  expect([...(await found(good)).keys()]).toEqual([])
})

test('the configuration of a tutorial has many', async () => {
  const ids = await found({
    'db-anon-role': 'anon',
    'db-jwt-secret': 'reallyreallyreallyreallyverysafe',
    'db-pool-max-size': 10,
    'db-plan-enabled': true,
    'db-aggregates-enabled': true,
    'db-tx-end': 'commit-allow-override',
    'openapi-mode': 'ignore-privileges',
    'admin-server-port': 3001,
    'jwt-role-claim-key': '$$.user_metadata.role',
    'app.settings.jwt_secret': 'reallyreallyreallyreallyverysafe',
  })
  expect([...ids.keys()].sort()).toEqual('J01 J02 J04 J05 J06 J11 J12 J13 J14 J15 J16 J17 J18 J19'.split(' '))
  expect(ids.get('J01')).toEqual(['db-jwt-secret', 'db-pool-max-size'])
})

test('keys are judged one by one', async () => {
  const secret = { kty: 'oct', k: Buffer.from('0123456789'.repeat(4)).toString('base64url'), kid: '2', alg: 'HS256' }
  const ids = await found({
    ...good,
    'jwt-secret': JSON.stringify({
      keys: [
        secret,
        { ...ec().privateKey.export({ format: 'jwk' }), kid: '3' },
        { ...rsa(1024), kid: '4', alg: 'RS256' },
        { ...rsa(2048), kid: '5', alg: 'RS256' },
        { kty, crv, x, y, kid: '5', alg: 'ES256' },
      ],
    }),
  })
  expect(Object.fromEntries(ids)).toEqual({
    J02: ['jwt-secret'],
    J03: ['jwt-secret'],
    J07: ['key "3" of jwt-secret'],
    J08: ['key "4" of jwt-secret'],
    J09: ['key "3" of jwt-secret'],
    J10: ['key "5" of jwt-secret'],
  })
})

test.each([
  ['postgresql://authenticator@db.example.com/shop', true],
  ['postgresql://authenticator@db.example.com/shop?sslmode=require', true],
  ['postgresql://authenticator@db.example.com/shop?sslmode=verify-full&sslrootcert=system', false],
  ['host=10.0.0.7 user=authenticator dbname=shop', true],
  ['postgresql://authenticator@127.0.0.1/shop', false],
  ['postgresql:///shop?host=/var/run/postgresql&user=authenticator', false],
])('whether %s is verified', async (uri, isFound) => {
  const file = await project.write('uri.conf', `db-uri = ${JSON.stringify(uri)}\ndb-schemas = "api"\n`)
  const { stdout } = await rolecastHere(['audit', '--json', '--config', file, '--db', postgres.uri], project.folder)
  const { findings } = JSON.parse(stdout) as { findings: { id: string }[] }
  expect(findings.some(({ id }) => id === 'J20')).toBe(isFound)
})

test('no secret of the configuration is in what is printed', async () => {
  const file = await project.write(
    'secret.conf',
    `db-uri = "${postgres.uriOf({ user: 'authenticator', password: 'pass-of-login' })}"\ndb-schemas = "api"\njwt-secret = "aaaaaaaaaaaaaaaa-short"\n`,
  )
  for (const args of [['audit'], ['audit', '--json'], ['checklist']]) {
    const { stdout, stderr } = await rolecastHere([...args, '--config', file], project.folder)
    expect(stdout.length).toBeGreaterThan(100)
    expect(stdout + stderr).not.toMatch(/pass-of-login|aaaaaaaa/)
  }
})
