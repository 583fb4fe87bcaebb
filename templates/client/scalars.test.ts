import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scalarTypes, unknownScalar } from './scalars.js'

let postgres: EmbeddedPostgres
let client: pg.Client
beforeAll(async () => {
  postgres = await startPostgres()
  client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await postgres.stop()
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

test('each type is what it is in JSON', async () => {
  const types = scalarTypes({ types: { int8: 'number', numeric: 'number' } })
  for (const [name, value] of Object.entries(values)) {
    const { rows } = await client.query(`SELECT to_json($1::text::pg_catalog.${name})::text AS json`, [value])
    const parsed: unknown = JSON.parse(rows[0].json)
    const found = Array.isArray(parsed) ? `${typeof parsed[0]}[]` : typeof parsed
    expect([name, found]).toEqual([name, (types.get(name.replaceAll('"', '')) ?? unknownScalar).type])
  }
})
