import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rolecastHere } from './run-command.js'

const base = `
  CREATE ROLE anon; CREATE ROLE staff; CREATE ROLE authenticator LOGIN NOINHERIT; CREATE ROLE looker LOGIN;
  GRANT anon, staff TO authenticator;
  CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO anon, staff;
  CREATE TYPE api.state AS ENUM ('new', 'paid');
  CREATE TABLE api.orders (id int PRIMARY KEY, total numeric NOT NULL, note text, state api.state, token text);
  ALTER TABLE api.orders ENABLE ROW LEVEL SECURITY;
  CREATE POLICY cheap ON api.orders TO staff USING (total < 10);
  GRANT SELECT (id, total, state), UPDATE (note), DELETE ON api.orders TO staff;
  CREATE TABLE api.open (id int, "a|b\`\u001b[31m" text); GRANT SELECT (id) ON api.open TO anon, staff;
  CREATE FUNCTION api.ping() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
  REVOKE EXECUTE ON FUNCTION api.ping() FROM PUBLIC;
  CREATE FUNCTION api.same() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
  CREATE FUNCTION api.plain() RETURNS int LANGUAGE sql STABLE BEGIN ATOMIC SELECT 1; END;
  CREATE FUNCTION api.definer() RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS 'SELECT 1';
  CREATE FUNCTION api.promoted() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
  CREATE FUNCTION api.stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
  REVOKE EXECUTE ON FUNCTION api.stamp() FROM PUBLIC;
  CREATE TRIGGER stamp BEFORE UPDATE ON api.orders FOR EACH ROW EXECUTE FUNCTION api.stamp();
  CREATE TABLE api.things (id int, total int); ALTER TABLE api.things ENABLE ROW LEVEL SECURITY;
  CREATE VIEW api.mine WITH (security_invoker) AS SELECT id FROM api.things WHERE total > 1;
  CREATE VIEW api.everyones AS SELECT id FROM api.things WHERE total > 1;
  CREATE VIEW api.turned WITH (security_invoker) AS SELECT id FROM api.things;
  GRANT SELECT ON api.mine, api.everyones, api.turned TO staff;`
const migration = `
  GRANT SELECT (note, token), INSERT (id, total) ON api.orders TO staff;
  REVOKE DELETE ON api.orders FROM staff;
  ALTER POLICY cheap ON api.orders USING (total < 100);
  ALTER TABLE api.orders ALTER id TYPE bigint, ALTER total DROP NOT NULL;
  ALTER TYPE api.state ADD VALUE 'sent';
  GRANT SELECT ("a|b\`\u001b[31m"), INSERT (id), UPDATE (id), DELETE ON api.open TO anon;
  GRANT EXECUTE ON FUNCTION api.ping() TO staff;
  CREATE OR REPLACE FUNCTION api.same() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
  CREATE OR REPLACE FUNCTION api.plain() RETURNS int LANGUAGE sql STABLE BEGIN ATOMIC SELECT 2; END;
  CREATE OR REPLACE FUNCTION api.definer() RETURNS int LANGUAGE sql STABLE SECURITY DEFINER SET search_path = '' AS 'SELECT 2';
  ALTER FUNCTION api.promoted() SECURITY DEFINER;
  CREATE OR REPLACE FUNCTION api.stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END';
  CREATE OR REPLACE VIEW api.mine WITH (security_invoker) AS SELECT id FROM api.things WHERE total > 2;
  CREATE OR REPLACE VIEW api.everyones AS SELECT id FROM api.things;
  ALTER VIEW api.turned RESET (security_invoker);`

let server: EmbeddedPostgres
let folder: string
const uri = (database: string, user?: string) => server.uriOf({ database, ...(user && { user }) })

beforeAll(async () => {
  server = await startPostgres({ version: 16, authentication: 'trust' })
  folder = await mkdtemp(join(tmpdir(), 'rolecast-diff-'))
  await run('postgres', base)
  await run('postgres', 'CREATE DATABASE after TEMPLATE postgres')
  await run('after', migration)
  await mkdir(join(folder, 'migrations', '02'), { recursive: true })
  await writeFile(join(folder, 'migrations', '01.sql'), base)
  await writeFile(join(folder, 'migrations', '02', 'more.sql'), migration)
})
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

async function run(database: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: uri(database) })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

const options = ['--schemas', 'api', '--authenticator', 'authenticator']
const diff = (...args: string[]) => rolecastHere(['diff', ...args, ...options], folder)
type Row = {
  role: string
  object: string
  verb: string
  column?: string
  change: string
  grade: string
  witness?: object
}
const changesIn = (stdout: string): Row[] => JSON.parse(stdout).changes

describe('between two databases', () => {
  let changes: Row[]
  beforeAll(async () => {
    const { code, stdout } = await diff(uri('postgres'), uri('after'), '--json')
    expect(code).toBe(1)
    changes = changesIn(stdout)
  })
  const change = (role: string, object: string, verb: string, column?: string) =>
    changes.filter(
      (item) => item.role === role && item.object === object && item.verb === verb && item.column === column,
    )

  test('each cell that is widened is told, with a grade', () => {
    expect(change('staff', 'api.orders', 'select', 'note')).toMatchObject([{ change: 'widened', grade: 'review' }])
    expect(change('staff', 'api.orders', 'select', 'token')).toMatchObject([{ change: 'widened', grade: 'dangerous' }])
    expect(change('anon', 'api.open', 'insert', 'id')).toMatchObject([{ change: 'widened', grade: 'dangerous' }])
    expect(change('anon', 'api.open', 'delete')).toMatchObject([{ change: 'widened', grade: 'dangerous' }])
    expect(change('staff', 'api.ping()', 'execute')).toMatchObject([{ change: 'widened', grade: 'review' }])
  })

  test('each widened cell has a request that was refused before and is answered after', () => {
    const widened = changes.filter((item) => item.change === 'widened' && (item.column || item.verb === 'execute'))
    expect(widened.length).toBeGreaterThanOrEqual(8)
    for (const item of widened) expect(item, JSON.stringify(item)).toHaveProperty('witness.request')
    expect(change('staff', 'api.orders', 'select', 'note')[0]?.witness).toEqual({
      request: 'GET /orders?select=note&limit=1',
      before: 403,
      after: 200,
    })
  })

  test('what the client loses is breaking, and named by its member', () => {
    expect(change('staff', 'api.orders', 'delete')).toMatchObject([
      { change: 'narrowed', grade: 'breaking', member: 'orders.delete()' },
    ])
  })

  test('types, nullability and labels are compared', () => {
    expect(change('staff', 'api.orders', 'select', 'id')).toMatchObject([{ change: 'type', grade: 'breaking' }])
    expect(change('staff', 'api.orders', 'select', 'total')).toMatchObject([{ change: 'type', grade: 'breaking' }])
    expect(change('staff', 'api.state', 'select')).toMatchObject([{ change: 'type', grade: 'review' }])
  })

  test('a condition that changed is to be reviewed', () => {
    expect(change('staff', 'api.orders', 'select')).toMatchObject([{ change: 'widened', grade: 'review' }])
  })
})

describe('what functions and views do', () => {
  let changes: (Row & { message: string })[]
  beforeAll(async () => {
    const { stdout } = await diff(uri('postgres'), uri('after'), '--json', '--roles', 'staff')
    changes = JSON.parse(stdout).changes
  })
  const told = (object: string, verb: string) =>
    changes
      .filter((item) => item.object === object && item.verb === verb && item.column === undefined)
      .map(({ change, grade, message }) => [change, grade, message])

  test.each([
    ['api.plain()', 'execute', 'review', 'api.plain(): it has another body.'],
    ['api.definer()', 'execute', 'dangerous', /^api\.definer\(\): it has another body; it runs with the rights of /],
    ['api.promoted()', 'execute', 'dangerous', /^api\.promoted\(\): it became SECURITY DEFINER; /],
    ['api.orders', 'update', 'review', 'api.orders: its trigger function api.stamp(): it has another body.'],
    ['api.mine', 'select', 'review', 'api.mine: the view has another definition.'],
    [
      'api.everyones',
      'select',
      'dangerous',
      'api.everyones: the view has another definition; it reads api.things around the policies.',
    ],
    [
      'api.turned',
      'select',
      'dangerous',
      'api.turned: it reads with the rights of its owner; it reads api.things around the policies.',
    ],
  ])('%s, %s: %s', (object, verb, grade, message) => {
    const text = typeof message === 'string' ? message : expect.stringMatching(message)
    expect(told(object, verb)).toContainEqual(['type', grade, text])
  })

  test('what was only written again is the same', () => {
    expect(told('api.same()', 'execute')).toEqual([])
  })
})

test('nothing differs: exit code 0', async () => {
  const { code, stdout } = await diff(uri('after'), uri('after'))
  expect([code, stdout]).toEqual([0, 'No difference.\n'])
})

test('a folder of migrations against a database', async () => {
  const { code, stdout, stderr } = await diff(
    'migrations',
    uri('after', 'looker'),
    '--roles',
    'anon,staff,authenticator',
  )
  expect([code, stderr]).toEqual([0, ''])
  expect(stdout).toBe('No difference.\n')
})

test('catalogs, as a login role that owns nothing', async () => {
  const { stdout } = await rolecastHere(
    ['snapshot', '--db', uri('postgres', 'looker'), '--schemas', 'api', '--roles', 'anon,staff'],
    folder,
  )
  await writeFile(join(folder, 'before.json'), stdout)
  const compared = await diff('before.json', uri('after', 'looker'), '--roles', 'anon,staff', '--json')
  expect(changesIn(compared.stdout)).toContainEqual(
    expect.objectContaining({
      column: 'note',
      change: 'widened',
      witness: { request: 'GET /orders?select=note&limit=1', before: null, after: null },
    }),
  )
})

test('two roles of one database', async () => {
  const { stdout } = await diff('--db', uri('postgres'), '--roles', 'anon,staff', '--json')
  const changes = changesIn(stdout)
  expect(changes.every(({ role }) => role === 'staff')).toBe(true)
  expect(changes).toContainEqual(
    expect.objectContaining({ object: 'api.orders', column: 'id', change: 'widened', grade: 'review' }),
  )
  expect(changes).toContainEqual(
    expect.objectContaining({ witness: { request: 'GET /orders?select=id&limit=1', before: 403, after: 200 } }),
  )
})

test('names cannot break Markdown, nor steer a terminal; --fail-on decides the exit code', async () => {
  const markdown = await diff(uri('postgres'), uri('after'), '--format', 'markdown', '--fail-on', 'never')
  expect(markdown.stdout).not.toContain('\u001b')
  const rows = markdown.stdout.split('\n').filter((line) => line.startsWith('|'))
  for (const row of rows) expect(row.replaceAll('\\|', '').split('|')).toHaveLength(7)
  const text = await diff(uri('postgres'), uri('after'), '--fail-on', 'dangerous')
  expect(text.stdout).not.toContain('\u001b')
  expect([markdown.code, text.code]).toEqual([0, 1])
})

test.each([
  [['diff'], 2, /Say what to compare/],
  [['diff', 'nowhere.json', 'nowhere.json', '--schemas', 'api'], 2, /nowhere\.json cannot be read/],
  [['diff', '--fail-on', 'bad'], 2, /dangerous, never/],
  [
    ['diff', 'migrations', 'migrations', '--schemas', 'api', '--roles', 'nobody'],
    2,
    /Neither side has a role "nobody"/,
  ],
  [['diff', 'postgresql://x@127.0.0.1:1/x', 'postgresql://x@127.0.0.1:1/x', '--schemas', 'api'], 3, /nothing listens/],
])('%j is refused with %i', async (args, code, message) => {
  const ended = await rolecastHere(args, folder)
  expect(ended.stderr).toMatch(message)
  expect(ended.code).toBe(code)
})
