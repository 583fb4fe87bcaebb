import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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
    CREATE TABLE api.none (id int CHECK (id > 0)); GRANT SELECT, INSERT ON api.none TO anon;
    CREATE TABLE api.parts (id int PRIMARY KEY); CREATE TABLE api.lines (id int, part int REFERENCES api.parts);
    GRANT SELECT ON api.parts, api.lines TO anon;
    CREATE TABLE api.held (id int); INSERT INTO api.held VALUES (1), (2); GRANT SELECT ON api.held TO anon;
    ALTER TABLE api.held ENABLE ROW LEVEL SECURITY; CREATE POLICY few ON api.held TO anon USING (id < 2);
    CREATE ROLE lender; CREATE ROLE keeper; GRANT lender TO anon; ALTER ROLE anon NOINHERIT;
    CREATE TABLE api.lent (id int); INSERT INTO api.lent VALUES (1); GRANT SELECT ON api.lent TO lender;
    CREATE TABLE api.kept (id int); INSERT INTO api.kept VALUES (1); GRANT SELECT ON api.kept TO keeper;
    CREATE TABLE api.ruled (id int, org int); INSERT INTO api.ruled VALUES (1, 7); GRANT SELECT ON api.ruled TO anon;
    ALTER TABLE api.ruled ENABLE ROW LEVEL SECURITY; CREATE POLICY all_rows ON api.ruled TO keeper USING (true);`)
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

test("a plan is the role's own: it has the condition of the policy that holds rows back", async () => {
  const { code, stdout } = await doctor('authenticator', '--json', '--plan', 'GET /held?select=id')
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ verdict: 'allowed', plan: expect.stringMatching(/Filter: \(id < 2\)/) })
})

test('a refused embed names what could be embedded', async () => {
  const { stdout } = await doctor(undefined, '--json', 'GET /lines?select=id,none(id)')
  expect(JSON.parse(stdout)).toMatchObject({
    cause: { kind: 'request', object: 'lines', message: expect.stringContaining('lines can embed: parts.') },
    repair: null,
  })
  const none = await doctor(undefined, '--json', 'GET /none?select=id,parts(id)')
  expect(JSON.parse(none.stdout).cause.message).toContain('none has no relationship')
})

test.each([
  ['GET /lent?select=id', 'It is granted to lender: anon is a member of lender, but does not inherit from it.'],
  ['GET /kept?select=id', 'It is granted to keeper, which anon is no member of.'],
  ['GET /ruled?select=id', 'A policy for that is there, but only for keeper, which anon is no member of.'],
])('what other roles hold is told: %s', async (request, told) => {
  const { stdout } = await doctor(undefined, '--json', request)
  expect(JSON.parse(stdout).cause.message).toContain(told)
})

test.each([undefined, 'authenticator'])('a policy without a condition says what it opens (as %s)', async (user) => {
  const { stdout } = await doctor(user, '--json', 'GET /ruled?select=id')
  const { repair } = JSON.parse(stdout)
  expect(repair.sql).toContain('USING (true)')
  expect(repair.note).toContain('It lets anon SELECT every row of api.ruled, now and later')
})

test('what the request and the claims prove is the condition', async () => {
  const named = await doctor('authenticator', '--json', 'GET /ruled?select=id&id=eq.1')
  expect(JSON.parse(named.stdout).repair.sql).toContain("USING (id = '1')")
  const nested = await doctor(undefined, '--json', '--claims', '{"app_metadata": {"org": 7}}', 'GET /ruled?select=id')
  expect(JSON.parse(nested.stdout).repair.sql).toContain(
    `USING (org = (current_setting('request.jwt.claims', true)::json -> 'app_metadata' ->> 'org')::integer)`,
  )
  const own = await doctor(undefined, '--json', '--claims', '{"user_metadata": {"org": 7}}', 'GET /ruled?select=id')
  expect(JSON.parse(own.stdout).repair.sql).toContain('USING (true)')
})

test("the server's configuration says which schemas, and what the server allows", async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rolecast-doctor-'))
  const file = join(folder, 'postgrest.conf')
  await writeFile(file, 'db-schemas = "api"\ndb-aggregates-enabled = true\n')
  const request = ['doctor', '--db', uri(), '--authenticator', 'authenticator', '--role', 'anon']
  const { code, stdout } = await rolecastHere([...request, '--config', file, 'GET /orders?select=id.sum()'], '/')
  expect([code, stdout.split('\n')[0]]).toEqual([0, 'ALLOWED (200)'])
  await rm(folder, { recursive: true })
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
