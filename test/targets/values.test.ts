// The types that targets write for columns, against the values that pg and the server give for them.
import { introspect, type Surface, surfaceOf } from '@rolecast/catalog'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { createServer } from '@rolecast/server'
import { emitKysely } from '@rolecast/templates/kysely'
import { emitDatabase } from '@rolecast/templates/supabase'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

/** A value of each type that PostgreSQL brings along, and of each kind of type that people make. */
const values: Readonly<Record<string, string>> = {
  int2: '1', int4: '1', int8: '9007199254740993', oid: '1', float4: '1.5', float8: '1.5', numeric: '1.50', money: '1', bool: 'true',
  text: 'a', varchar: 'a', bpchar: 'a', '"char"': 'a', name: 'a', uuid: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', bytea: '\\x00ff',
  date: '2026-01-02', time: '01:02', timetz: '01:02+00', timestamp: '2026-01-02 03:04', timestamptz: '2026-01-02 03:04+00', interval: '1 day 2 hours',
  json: '{"a": [1]}', jsonb: '{"a": [1]}', jsonpath: '$.a', xml: '<a/>', bit: '1', varbit: '101', tsvector: 'a', tsquery: 'a', pg_lsn: '0/0',
  inet: '10.0.0.1', cidr: '10.0.0.0/8', macaddr: '08:00:2b:01:02:03', macaddr8: '08:00:2b:01:02:03:04:05', regclass: 'pg_class', regproc: 'now',
  point: '(1,2)', line: '{1,2,3}', lseg: '[(1,2),(3,4)]', box: '(3,4),(1,2)', path: '((1,2))', polygon: '((1,2))', circle: '<(1,2),3>',
  int4range: '[1,2)', int8range: '[1,2)', numrange: '[1,2)', daterange: '[2026-01-01,2026-01-02)', tstzrange: '[,)', int4multirange: '{[1,2)}',
  'api.status': 'on hold', 'api.address': '(Ring,3)', 'api.cents': '5', 'api.tags': '{a,b}', 'api.span': '[1,2)', 'hidden.shade': 'dark',
} // biome-ignore format: a table

const columns = Object.keys(values).flatMap((type, index) => [
  { name: `c${index}`, type, value: values[type] ?? '' },
  ...(type === 'api.tags'
    ? []
    : [{ name: `a${index}`, type: `${type}[]`, value: `{"${(values[type] ?? '').replaceAll(/["\\]/g, '\\$&')}"}` }]),
])

let postgres: EmbeddedPostgres
let surface: Surface
beforeAll(async () => {
  postgres = await startPostgres({ authentication: 'trust' })
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  await client.query(`CREATE ROLE someone LOGIN; CREATE ROLE authenticator LOGIN NOINHERIT; GRANT someone TO authenticator; CREATE SCHEMA api; CREATE SCHEMA hidden; GRANT USAGE ON SCHEMA api TO someone;
    CREATE TYPE api.status AS ENUM ('open', 'on hold'); CREATE TYPE hidden.shade AS ENUM ('light', 'dark');
    CREATE TYPE api.address AS (street text, floor int4); CREATE DOMAIN api.cents AS int8 CHECK (VALUE > 0);
    CREATE DOMAIN api.tags AS text[]; CREATE TYPE api.span AS RANGE (subtype = float8);
    CREATE TABLE api.everything (id int4 PRIMARY KEY, ${columns.map(({ name, type }) => `${name} ${type}`).join(', ')});
    GRANT SELECT, INSERT ON api.everything TO someone`)
  const names = columns.map(({ name }) => name).join(', ')
  const parameters = columns.map(({ type }, index) => `$${index + 1}::text::${type}`).join(', ')
  await client.query(
    `INSERT INTO api.everything (id, ${names}) VALUES (1, ${parameters})`,
    columns.map(({ value }) => value),
  )
  const catalog = await introspect(client, { schemas: ['api'], roles: ['someone'], authenticator: 'authenticator' })
  surface = surfaceOf(catalog, 'someone', { schemas: ['api'] })
  await client.end()
}, 60_000)
afterAll(() => postgres.stop())

/** Whether a value is one of the type that a file says, in the forms that targets write. */
function isOf(type: string, value: unknown): boolean {
  if (type.endsWith('[]')) {
    const element = type.slice(0, -2).replace(/^\((.*)\)$/, '$1')
    return Array.isArray(value) && value.every((item) => isOf(element, item))
  }
  const named: Readonly<Record<string, (value: unknown) => boolean>> = {
    Date: (item) => item instanceof Date,
    Buffer: (item) => Buffer.isBuffer(item),
    Json: (item) => typeof item === 'object' && !Array.isArray(item),
    Interval: (item) => typeof (item as { toPostgres?: unknown }).toPostgres === 'function',
    Status: (item) => item === 'on hold',
    "Database['api']['Enums']['status']": (item) => item === 'on hold',
    "Database['api']['CompositeTypes']['address']": (item) => JSON.stringify(item) === '{"street":"Ring","floor":3}',
    "'light' | 'dark'": (item) => item === 'dark',
    Shade: (item) => item === 'dark',
    '{ x: number; y: number }': (item) => JSON.stringify(item) === '{"x":1,"y":2}',
    '{ x: number; y: number; radius: number }': (item) => JSON.stringify(item) === '{"x":1,"y":2,"radius":3}',
  }
  const check = named[type]
  return check === undefined ? typeof value === type : check(value)
}

/** The type of each column in a file's text. */
function typesIn(content: string, start: string): ReadonlyMap<string, string> {
  const [, rows = ''] = content.split(start)
  return new Map(
    [...rows.matchAll(/^ +([ac]\d+): (.*?) \| null$/gm)].map(([, name = '', type = '']) => [name, type] as const),
  )
}

describe.each([
  [
    'kysely',
    async () => {
      const client = new pg.Client({ connectionString: postgres.uriOf({ user: 'someone' }) })
      await client.connect()
      const { rows } = await client.query('SELECT * FROM api.everything')
      await client.end()
      const content = emitKysely(surface)[0]?.content ?? ''
      // of ColumnType<…> the selected type
      const read = content.replaceAll(/: (?:ColumnType|Generated)<(.*?) \| null(?:, .*)?>$/gm, ': $1 | null')
      return [rows[0], typesIn(read, 'interface EverythingTable')] as const
    },
  ],
  [
    'supabase',
    async () => {
      const server = await createServer({
        dbUri: postgres.uriOf({ user: 'authenticator' }),
        dbSchemas: ['api'],
        dbAnonRole: 'someone',
      })
      const answer = await server.fetch(new Request('http://x/everything?select=*'))
      const [row] = (await answer.json()) as Record<string, unknown>[]
      await server.close()
      return [row ?? {}, typesIn((emitDatabase(surface)[0]?.content ?? '').split('Insert:')[0] ?? '', 'Row:')] as const
    },
  ],
] as const)('%s', (_, read) => {
  test('every value is of the type that the file says', async () => {
    const [row, types] = await read()
    const wrong = columns.filter(({ name }) => !isOf(types.get(name) ?? 'absent', row[name]))
    expect(wrong.map(({ name, type }) => [type, types.get(name), row[name]])).toEqual([])
  })
})
