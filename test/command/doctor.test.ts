import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rolecastHere } from './run-command.js'

let server: EmbeddedPostgres
const uri = (user?: string) => server.uriOf({ database: 'postgres', ...(user && { user }) })

beforeAll(async () => {
  server = await startPostgres({ version: 15, authentication: 'trust' })
  const client = new pg.Client({ connectionString: server.uri })
  await client.connect()
  await client.query(`
    CREATE ROLE anon; CREATE ROLE authenticator LOGIN NOINHERIT; GRANT anon TO authenticator;
    CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO anon;
    CREATE TABLE api.orders (id int, "evil\u001b[31m" text); INSERT INTO api.orders VALUES (1, 'x');
    GRANT SELECT (id), INSERT (id) ON api.orders TO anon;
    CREATE TABLE api.none (id int CHECK (id > 0)); GRANT SELECT, INSERT ON api.none TO anon;`)
  await client.end()
})
afterAll(() => server?.stop())

const doctor = (user: string | undefined, ...args: string[]) =>
  rolecastHere(
    ['doctor', '--db', uri(user), '--schemas', 'api', '--authenticator', 'authenticator', '--role', 'anon', ...args],
    '/',
  )

test('allowed: 0, with a plan if asked', async () => {
  const { code, stdout } = await doctor('authenticator', '--plan', 'GET /orders?select=id')
  expect([code, stdout.split('\n')[0]]).toEqual([0, 'ALLOWED (200)'])
  expect(stdout).toContain('Seq Scan on orders')
})

test('refused: 1, as JSON by the contract', async () => {
  const { code, stdout } = await doctor(undefined, '--json', 'GET /orders?select=*')
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: 'refused',
    cause: { kind: 'grant', object: 'api.orders."evil\u001b[31m"' },
    repair: { sql: 'GRANT SELECT ("evil\u001b[31m") ON api.orders TO anon;', widens: [], tried: true },
  })
})

test('names do not steer the terminal', async () => {
  const { code, stdout } = await doctor(undefined, 'GET /orders')
  expect(code).toBe(1)
  expect(stdout).toContain('It opens nothing else.')
  expect(stdout).not.toContain('\u001b')
})

test('with a login role that may grant nothing, the cause is found, and the repair is said to be untried', async () => {
  const { code, stdout } = await doctor('authenticator', '--json', 'GET /orders')
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({
    verdict: 'refused',
    cause: { kind: 'grant' },
    repair: { sql: 'GRANT SELECT ("evil\u001b[31m") ON api.orders TO anon;', tried: false },
  })
})

test('nothing there is no fault of privileges', async () => {
  const { code, stdout } = await doctor(undefined, '--json', 'GET /none')
  expect(code).toBe(1)
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'empty', cause: null, repair: null })
})

test('a constraint is named as such', async () => {
  const { stdout } = await doctor(undefined, '--json', 'POST /none {"id": -1}')
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'refused', cause: { kind: 'check' }, repair: null })
})

test('nothing of what is tried is left', async () => {
  await doctor(undefined, 'POST /orders {"id": 77, "evil\u001b[31m": "y"}')
  const { stdout } = await doctor(undefined, '--json', 'GET /orders?select=id&id=eq.77')
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'empty' })
})

test.each([
  [['GET'], /This is no request/],
  [['FETCH /orders'], /"FETCH" is no method/],
  [['GET /orders?select=((']],
  [['POST /orders {"id":']],
  [['--claims', '{', 'GET /orders'], /--claims is no JSON/],
  [['--claims', '[1]', 'GET /orders'], /must be a JSON object/],
  [['--header', 'Prefer', 'GET /orders'], /This is no header/],
  [['--role', 'nobody', 'GET /orders'], /There is no role "nobody"/],
] as [string[], RegExp?][])('%j is wrong use: 2', async (args, message = /The request cannot be read/) => {
  const { code, stderr } = await doctor(undefined, ...args)
  expect(stderr).toMatch(message)
  expect(code).toBe(2)
})

test('no connection: 3', async () => {
  const { code, stderr } = await rolecastHere(
    ['doctor', '--db', 'postgresql://x@127.0.0.1:1/x', '--schemas', 'api', '--role', 'anon', 'GET /orders'],
    '/',
  )
  expect([code, stderr]).toEqual([3, expect.stringContaining('nothing listens there')])
})
