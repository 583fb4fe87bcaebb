import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Surface } from '@rolecast/catalog'
import type { Server } from '@rolecast/server'
import { emitClient, inlineRuntime } from '@rolecast/templates/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scalarTypes, unknownScalar } from '../../templates/client/scalars.js'
import { project } from '../bench/lib/type-check.mjs'
import { buildRuntime } from '../types/build.js'
import { check } from '../types/check.js'
import { startDatabase, type TestDatabase } from './database.js'

let database: TestDatabase
let clerk: Surface
let visitor: Surface
let server: Server
beforeAll(async () => {
  buildRuntime()
  database = await startDatabase()
  clerk = await database.surface('clerk')
  visitor = await database.surface('visitor')
  server = await database.serve('clerk')
})
afterAll(() => database[Symbol.asyncDispose]())

const contents = (surface: Surface) =>
  (['ts', 'js'] as const).flatMap((emit) => emitClient(surface, { emit }).map(({ content }) => content)).join('\n')

describe('what a role may not see is nowhere in its files', () => {
  const words = ['payroll', 'salary', 'hidden', 'secret', 'confidential', 'ghost']
  test.each(words)('%s: in no client', (word) => {
    expect(contents(clerk).toLowerCase()).not.toContain(word)
    expect(contents(visitor).toLowerCase()).not.toContain(word)
  })

  const others = ['email', 'address', 'orders', 'order_lines', 'labels', 'profiles', 'archive', 'status', 'on hold']
  test.each([...others, 'find_orders', 'exact', 'handler', 'clerk', 'summary', 'authenticator'])(
    "%s: not in the visitor's",
    (word) => {
      // the schema's comment is the visitor's to read
      const text = contents(visitor).replaceAll('Orders, and who ordered.', '')
      expect(text).not.toMatch(new RegExp(`\\b${word}\\b`, 'i'))
    },
  )
})

describe('the runtime beside the client, and int8 as bigint', () => {
  const options = { emit: 'js', runtime: 'inline', types: { int8: 'bigint' }, defaultSchema: 'api' } as const
  const files = () =>
    Object.fromEntries(
      [...emitClient(clerk, options), ...inlineRuntime()].map(({ path, content }) => [`client/${path}`, content]),
    )

  test('imports nothing but ky, and compiles', { timeout: 120_000 }, async () => {
    const emitted = files()
    for (const content of Object.values(emitted)) {
      for (const [, name] of content.matchAll(/\bfrom\s*['"]([^'"]+)['"]/g)) expect(name).toMatch(/^\.|^ky$/)
    }
    const app = `import { createClient } from './client/index.js'
      const db = createClient({ url: 'http://x' })
      export const big: Promise<bigint> = (async () => (await db.orders.select('big').one()).big)()
      export const sums: Promise<(string | null)[]> = (async () =>
        (await db.orders.select().aggregate({ mean: { avg: 'big' } })).map(({ mean }) => mean))()`
    const { folder, remove } = project(
      { ...emitted, 'app.ts': app },
      { options: { skipLibCheck: false, skipDefaultLibCheck: true } },
    )
    const { errors } = await check(folder, '5.9')
    remove()
    expect(errors).toEqual([])
  })

  test('rows, embeds, lists, aggregates, functions and streams have bigints', async () => {
    const { folder, remove } = project(files())
    const index = pathToFileURL(join(folder, 'client/index.js')).href
    expect(existsSync(join(folder, 'client/runtime/grammar/index.js'))).toBe(true)
    const { createClient } = await import(index)
    const { streamRows } = await import(new URL('runtime/index.js', index).href)
    const db = createClient({
      url: 'http://test',
      fetch: (input: Request, init: RequestInit) => server.fetch(new Request(input, init)),
    })
    const big = 9007199254740993n
    expect(await db.orders.select('big', 'bigs', 'handler_id').where({ id: 1, big }).one()).toEqual({
      big,
      bigs: [big],
      handler_id: 2n,
    })
    expect(await db.orders.select('bigs', 'handler_id').where({ id: 4 })).toEqual([{ bigs: null, handler_id: null }])
    expect(await db.orders.select('id', 'handler_id').where({ id: 4 }).stripNulls()).toEqual([{ id: 4 }])
    expect(
      await db.customers
        .select('id')
        .embed({
          orders: db.orders
            .select('big')
            .embed({ customer: ['id'] })
            .where({ id: 3 }),
        })
        .where({ id: 2n }),
    ).toEqual([{ id: 2n, orders: [{ big, customer: { id: 2n } }] }])
    expect(await db.orders.select('number').spread('customer', ['id']).where({ id: 2 })).toEqual([
      { number: 'A-2', id: 1n },
    ])
    expect(
      await db.orders
        .select('status')
        .aggregate({ top: { max: 'big' }, mean: { avg: 'big' }, n: 'count' })
        .where({ status: 'paid' }),
    ).toEqual([{ status: 'paid', top: big, mean: '9007199254740993.0000', n: 1 }])
    expect(await db.rpc.exacts()).toEqual([big, 1n])
    expect(await db.rpc.exact()).toBe('12345678901234567890.50')
    expect((await db.orders.insert({ customer_id: 1n, big: -1n }).returning('big'))[0]).toEqual({ big: -1n })
    for await (const row of streamRows(db.orders.select('big').where({ id: 1 }))) expect(row).toEqual({ big })
    remove()
  })
})

describe('documents that a JSON Schema is demanded of', () => {
  const schema = {
    type: 'object',
    properties: { size: { enum: ['S', 'L'] }, tags: { type: 'array', items: { type: 'string' } }, hush: {} },
    required: ['size'],
    additionalProperties: false,
  }
  const check = (column: string) => `hidden.jsonb_matches_schema('${JSON.stringify(schema)}', ${column})`
  const typeIn = (text: string, declaration: string) => text.match(new RegExp(`${declaration}(.*)$`, 'm'))?.[1]
  const document = "{ size: 'S' | 'L'; tags?: string[]; hush?: unknown }"

  test('have its type, where every row has it and the role sees the column', async () => {
    await database.query(`
      CREATE FUNCTION hidden.jsonb_matches_schema(schema json, instance jsonb) RETURNS boolean
        LANGUAGE sql STRICT IMMUTABLE RETURN true;
      CREATE DOMAIN api.form AS jsonb CHECK (${check('VALUE')});
      CREATE TABLE api.forms (id int4 PRIMARY KEY, "set""up" jsonb CHECK (${check('"set""up"')}), old jsonb, own api.form,
        either jsonb CHECK (id > 5 OR ${check('either')}));
      ALTER TABLE api.forms ADD CHECK (${check('old')}) NOT VALID;
      CREATE VIEW api.form_setups AS SELECT id, "set""up" AS renamed, either FROM api.forms;
      GRANT EXECUTE ON FUNCTION hidden.jsonb_matches_schema TO clerk;
      GRANT SELECT, INSERT ON api.forms, api.form_setups TO clerk; GRANT SELECT (id) ON api.forms TO visitor`)
    const [{ content: text } = { content: '' }] = emitClient(await database.surface('clerk'))
    expect(typeIn(text, '^export type FormsSetUp = ')).toBe(document)
    expect(typeIn(text, '^export type FormSetupsRenamed = ')).toBe(document)
    expect(typeIn(text, '^export type Form = ')).toBe(document)
    const members = (name: string) =>
      [
        ...(text.match(new RegExp(`interface ${name} \\{\n(.*?)\n\\}`, 's'))?.[1] ?? '').matchAll(/^ {2}(?!\/)(.*)$/gm),
      ].map(([, member]) => member)
    const types = ['unknown', 'unknown', 'Form | null', 'FormsSetUp | null']
    expect(members('FormsRow').slice(1)).toEqual(
      ['either', 'old', 'own', `'set"up'`].map((name, index) => `${name}: ${types[index]}`),
    )
    expect(members('FormsInsert').slice(1)).toEqual(
      ['either', 'old', 'own', `'set"up'`].map((name, index) => `${name}?: ${types[index]}`),
    )
    expect(text).not.toContain('matches_schema')

    const [visitors] = emitClient(await database.surface('visitor'))
    expect(visitors?.content).toContain('interface FormsRow')
    expect(visitors?.content).not.toMatch(/hush|set"up/)
  })

  test('a CHECK that is not inherited holds where nothing inherits', async () => {
    await database.query(`
      CREATE TABLE api.lone_forms (doc jsonb, CHECK (${check('doc')}) NO INHERIT);
      CREATE TABLE api.base_forms (doc jsonb, CHECK (${check('doc')}) NO INHERIT);
      CREATE TABLE api.heir_forms () INHERITS (api.base_forms); INSERT INTO api.heir_forms VALUES ('[]');
      GRANT SELECT ON api.lone_forms, api.base_forms TO clerk`)
    const [{ content: text } = { content: '' }] = emitClient(await database.surface('clerk'))
    expect(text).toMatch(/interface LoneFormsRow \{[^}]*\n {2}doc: LoneFormsDoc \| null\n/)
    expect(text).toMatch(/interface BaseFormsRow \{[^}]*\n {2}doc: unknown\n/)
  })

  test('unless the configuration says another', async () => {
    const overrides = { 'api.forms.set"up': "import('../setup.js').Setup" }
    const [{ content: text } = { content: '' }] = emitClient(await database.surface('clerk'), { overrides })
    expect(text).toContain(`'set"up': import('../setup.js').Setup | null`)
    expect(text).not.toContain('FormsSetUp')
  })
})

/** A value of each built-in type that a column can have. */
const values: Readonly<Record<string, string>> = {
  ...{ int2: '1', int4: '1', int8: '1', float4: '1.5', float8: '1e300', numeric: '1.5', bool: 't', money: '1.5' },
  ...{
    text: 'x',
    varchar: 'x',
    bpchar: 'x',
    '"char"': 'x',
    name: 'x',
    bytea: '\\x01',
    uuid: '0'.repeat(32),
    xml: '<a/>',
  },
  ...{
    date: '2026-01-01',
    time: '10:00',
    timetz: '10:00+01',
    timestamp: 'now',
    timestamptz: 'infinity',
    interval: '1 d',
  },
  ...{ inet: '1.2.3.4', cidr: '1.2.3.0/24', macaddr: '08:00:2b:01:02:03', macaddr8: '08:00:2b:01:02:03:04:05' },
  ...{ point: '1,2', line: '{1,2,3}', lseg: '1,2,3,4', box: '1,2,3,4', path: '[1,2]', polygon: '1,2', circle: '1,2,3' },
  ...{ bit: '1', varbit: '101', tsvector: 'a b', tsquery: 'a & b', jsonpath: '$.a', refcursor: 'x', pg_lsn: '0/1' },
  ...{ oid: '1', regclass: 'pg_class', regtype: 'int4', regproc: 'now', regrole: 'postgres', regnamespace: 'public' },
  ...{ xid: '1', xid8: '1', cid: '1', tid: '(0,1)', pg_snapshot: '1:1:', aclitem: 'postgres=r/postgres' },
  ...{ int2vector: '1 2', oidvector: '1 2', int4range: '[1,2)', tstzrange: 'empty', nummultirange: '{[1,2)}' },
}

test('what can be compared with a text in conditions, PostgreSQL compares', async () => {
  const types = scalarTypes({})
  const compared = Object.entries({ ...values, json: '1', jsonb: '1' }).filter(([name]) => {
    const { filter } = types.get(name.replaceAll('"', '')) ?? unknownScalar
    return !['none', 'parts', 'text-parts', 'search'].includes(filter)
  })
  expect(compared.length).toBeGreaterThan(30)
  for (const [name, value] of compared) {
    const rows = `(SELECT '${value}'::pg_catalog.${name}) AS rows (it)`
    expect(await database.query(`SELECT '${name}' FROM ${rows} WHERE it = '${value}'`)).toHaveLength(1)
  }
})

test('maps, rows as values, numbers in composites', async () => {
  await database.query(`
    CREATE EXTENSION hstore;
    CREATE TYPE api.account AS (number int8, sums numeric[], note text);
    CREATE TABLE api.odds (id int4 PRIMARY KEY, map hstore, maps hstore[], label api.labels, account api.account, boxes box[]);
    GRANT SELECT, INSERT ON api.odds TO clerk`)
  const [{ content: text } = { content: '' }] = emitClient(await database.surface('clerk'))
  const membersOf = (name: string) =>
    Object.fromEntries(
      [
        ...(text.match(new RegExp(`interface ${name} .*?\\{\n(.*?)\n\\}`, 's'))?.[1] ?? '').matchAll(
          /^ {2}(\w+)\??: (.*)$/gm,
        ),
      ].map(([, key, type]) => [key, type]),
    )
  const map = 'Record<string, string | null>'
  expect(membersOf('OddsRow')).toMatchObject({
    map: `${map} | null`,
    maps: `(${map})[] | null`,
    account: 'Account | null',
  })
  expect(membersOf('OddsRow')).toMatchObject({ label: 'LabelsRow | null' })
  expect(membersOf('OddsInsert')).toMatchObject({ map: 'string | null', maps: 'string[] | null' })
  expect(membersOf('OddsFilter')).toMatchObject({ map: 'PartsFilter | null', maps: 'NullFilter | null' })
  expect(membersOf('OddsFilter')).toMatchObject({ account: 'PartsFilter | null', boxes: 'NullFilter | null' })
  expect(membersOf('Account')).toEqual({ number: 'number | null', sums: 'number[] | null', note: 'string | null' })
  expect(text.match(/`, here a number: `text\(\)` gives every digit/g)).toHaveLength(2)
})

test('a NOT NULL domain holds stored values to it, and nothing that is computed', async () => {
  await database.query(`
    CREATE FUNCTION api.mail_of(name text) RETURNS api.email STABLE LANGUAGE sql
      BEGIN ATOMIC SELECT c.email FROM api.customers c WHERE c.name = $1; END;
    CREATE FUNCTION api.mail(api.labels) RETURNS api.email STABLE LANGUAGE sql RETURN api.mail_of($1.label);
    CREATE FUNCTION api.mails() RETURNS TABLE (mail api.email) STABLE LANGUAGE sql
      BEGIN ATOMIC SELECT c.email FROM api.labels LEFT JOIN api.customers c ON c.name = label; END;
    GRANT EXECUTE ON FUNCTION api.mail_of, api.mail, api.mails TO clerk`)
  expect(
    await database.query('SELECT api.mail_of($$nobody$$), (SELECT api.mail(l) FROM api.labels l LIMIT 1)'),
  ).toEqual([{ mail_of: null, mail: null }])
  const [{ content: text } = { content: '' }] = emitClient(await database.surface('clerk'))
  expect(text).toMatch(/interface CustomersRow \{.*?\n {2}email: Email\n/s)
  expect(text).toContain('mail_of(args: MailOfArguments): Call<Email | null>')
  expect(text).toMatch(/interface LabelsFields .*?\n {2}mail: Email \| null\n/s)
  expect(text).toMatch(/interface MailsResultRow \{.*?\n {2}mail: Email \| null\n/s)
})

test('functions that no JSON can be given to are left out, and arguments that none can be given for', async () => {
  await database.query(`
    CREATE FUNCTION api.same(a anyelement) RETURNS anyelement STABLE LANGUAGE sql AS 'SELECT $1';
    CREATE FUNCTION api.first_of(list anyarray) RETURNS anyelement STABLE LANGUAGE sql AS 'SELECT $1[1]';
    CREATE FUNCTION api.merged(a anycompatible) RETURNS anycompatible STABLE LANGUAGE sql AS 'SELECT $1';
    CREATE FUNCTION api.parts(r record) RETURNS text STABLE LANGUAGE plpgsql AS 'BEGIN RETURN r::text; END';
    CREATE FUNCTION api.padded(n int, fill anyelement DEFAULT 0) RETURNS text STABLE LANGUAGE sql AS 'SELECT $1 || $2::text';
    GRANT EXECUTE ON FUNCTION api.same, api.first_of, api.merged, api.parts, api.padded TO clerk`)
  const surface = await database.surface('clerk')
  const closed = [
    ['first_of', 'list', '{1}'],
    ['merged', 'a', 1],
    ['parts', 'r', '(1)'],
    ['same', 'a', 1],
  ] as const
  const names = closed.map(([name]) => name)
  expect(surface.sqlFunctions.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
  const [{ content: text } = { content: '' }] = emitClient(surface)
  expect(names.filter((name) => text.includes(`${name}(`))).toEqual([])
  const padded = surface.functions.find(({ name }) => name === 'padded')
  expect(padded?.parameters.map(({ name }) => name)).toEqual(['n'])

  const polymorphic = await database.serve('clerk')
  const ask = async (name: string, body: unknown) => {
    const response = await polymorphic.fetch(
      new Request(`http://localhost/rpc/${name}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
    return [response.status, await response.json()]
  }
  for (const [name, argument, value] of closed) expect(await ask(name, { [argument]: value })).toMatchObject([400, {}])
  expect(await ask('padded', { n: 1 })).toEqual([200, '10'])
})

test('embeds by keys of several columns', async () => {
  await database.query(`
    CREATE TABLE api.stops (line int, number int, PRIMARY KEY (line, number));
    CREATE TABLE api.trips (id int PRIMARY KEY, a int, b int, c int, d int,
      FOREIGN KEY (a, b) REFERENCES api.stops, FOREIGN KEY (c, d) REFERENCES api.stops);
    INSERT INTO api.stops VALUES (1, 2), (3, 4); INSERT INTO api.trips VALUES (1, 1, 2, 3, 4);
    GRANT SELECT ON api.stops, api.trips TO clerk`)
  const surface = await database.surface('clerk')
  const trips = surface.relations.find(({ name }) => name === 'trips')
  const embeds = trips?.relationships.map(({ request, hint }, index) => `_${index}:${request}!${hint}(line)`)
  expect(emitClient(surface)[0]?.content).toMatch(/a_b_stop: \['stops', 'trips_a_b_fkey'\]/)
  const server = await database.serve('clerk')
  const response = await server.fetch(new Request(`http://localhost/trips?select=${embeds?.join()}`))
  expect(await response.json()).toEqual([{ _0: { line: 1 }, _1: { line: 3 } }])
})

test('null is read where rows from before a NOT NULL have it, and not written', async () => {
  await database.query(`
    CREATE TABLE api.old_rows (id int PRIMARY KEY, late text);
    ALTER TABLE api.old_rows ADD CONSTRAINT late_given NOT NULL late NOT VALID;
    GRANT ALL ON api.old_rows TO clerk`)
  const [{ content: text } = { content: '' }] = emitClient(await database.surface('clerk'))
  expect(text).toMatch(/interface OldRowsRow \{[^}]*\n {2}late: string \| null\n/)
  expect(text).toMatch(/interface OldRowsInsert \{[^}]*\n {2}late: string\n/)
})

test('each built-in type is what it is in JSON', async () => {
  const types = scalarTypes({ types: { int8: 'number', numeric: 'number' } })
  for (const [name, value] of Object.entries(values)) {
    const [row] = await database.query(`SELECT to_json('${value}'::pg_catalog.${name})::text AS json`)
    const parsed: unknown = JSON.parse(String(row?.json))
    const found = Array.isArray(parsed) ? `${typeof parsed[0]}[]` : typeof parsed
    expect([name, found]).toEqual([name, (types.get(name.replaceAll('"', '')) ?? unknownScalar).type])
  }
})
