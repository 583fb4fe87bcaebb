import { streamRows } from '@rolecast/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { project } from '../bench/lib/type-check.mjs'
import { check, versions } from '../types/check.js'
import { type AnyQuery, type MadeClient, makeClient } from './made-client.js'

const sql = `
  CREATE TYPE api.words AS RANGE (subtype = text);
  CREATE DOMAIN api.stay AS daterange;
  CREATE TYPE api.stop AS (place text, at timestamptz, nights int8, during int4range);
  CREATE TYPE api.trip AS (first api.stop, stops api.stop[]);
  CREATE TABLE api.rooms (id int PRIMARY KEY, ages int4range NOT NULL, sums numrange, stay api.stay, open tstzmultirange, words api.words,
    many int4range[], trip api.trip);
  INSERT INTO api.rooms VALUES
    (1, '[1,5)', '[0.5,2.5]', '[2026-01-01,2026-02-01)', '{[2026-01-01 10:00+00,2026-01-01 12:00+00)}', '[a,c]', '{"[1,2)",empty}', NULL),
    (2, '[5,9)', NULL, '(,2026-03-01)', '{}', '["[x]","[y]"]', NULL, NULL);
  CREATE FUNCTION api.within(ages int4range) RETURNS int4range STABLE LANGUAGE sql RETURN $1 * '[0,4)'::int4range;
  CREATE FUNCTION api.gaps() RETURNS int4multirange STABLE LANGUAGE sql RETURN '{[5,7)}'::int4multirange;
  CREATE FUNCTION api.last_stop(trip api.trip) RETURNS api.stop STABLE LANGUAGE sql RETURN (($1).stops)[cardinality(($1).stops)];

  CREATE DOMAIN api.moment AS timestamptz;
  CREATE TABLE api.events (id int PRIMARY KEY, at timestamptz NOT NULL, until api.moment, all_of timestamptz[], local timestamp, day date,
    forever timestamptz, kind text, follows int REFERENCES api.events);
  INSERT INTO api.events VALUES
    (1, '2026-01-31 10:00:00.123456+00', '1900-01-01', '{2026-01-01,NULL}', '2026-01-01 10:00', '2026-01-01', 'infinity', 'a', NULL),
    (2, '0044-03-15 BC', NULL, NULL, NULL, NULL, NULL, 'a', 1), (3, '12026-01-01', NULL, NULL, NULL, NULL, NULL, 'b', 1);
  CREATE FUNCTION api.latest() RETURNS timestamptz STABLE LANGUAGE sql AS 'SELECT max(at) FROM api.events';
  CREATE FUNCTION api.moments() RETURNS SETOF timestamptz STABLE LANGUAGE sql AS 'SELECT at FROM api.events ORDER BY id';
  CREATE FUNCTION api.first_event() RETURNS api.events STABLE LANGUAGE sql AS 'SELECT * FROM api.events ORDER BY id LIMIT 1';
  CREATE FUNCTION api.spans() RETURNS TABLE (since timestamptz, event api.events) STABLE LANGUAGE sql AS 'SELECT at, e FROM api.events e WHERE id = 1';
  GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA api TO anon`

/** Apps of two clients of the same database. */
const rangeApp = `import { createClient, type RangeText, type RoomsInsert, type RoomsRow, type TripInput } from './strings/index.js'
  const db = createClient({ url: 'http://x' })
  const [from, to]: string[] = []
  export const a: (row: RoomsRow) => RangeText = ({ ages }) => ages
  export const b: (row: RoomsRow) => RangeText[] | null = ({ many }) => many
  const trip: TripInput = { first: { place: 'x', at: new Date(), nights: '9007199254740993' }, stops: [{}] }
  const row: RoomsInsert = { id: 3, ages: \`[\${from},\${to})\`, stay: '[2026-01-01,)', open: '{}', many: ['[1,2)'], trip }
  db.rooms.insert(row)
  db.rooms.select().where({ ages: { cs: 3 } }, { ages: { cs: '[1,2)' } }, { ages: 'empty' }, { ages: ['[1,2)'] })
  db.rooms.select().where({ sums: { cs: '1.5', not: { adj: '[3,4)' } }, stay: { cs: new Date(), ov: \`[\${from},\${to}]\` } })
  db.rooms.select().where({ open: { cs: '2026-01-01', ov: '{}', sl: '[2026-01-01,)' }, words: { cs: '[a,b]' }, many: ['[1,2)'] })
  export const c: Promise<RangeText | null> = (async () => db.rpc.within({ ages: '[1,2)' }))()
  export const d: Promise<string | null | undefined> = (async () => (await db.rpc.last_stop({ trip }))?.place)()
  // @ts-expect-error no range
  db.rooms.insert({ id: 3, ages: '5' })
  // @ts-expect-error a range overlaps ranges
  db.rooms.select().where({ ages: { ov: 3 } })
  // @ts-expect-error another type of value
  db.rooms.select().where({ ages: { cs: new Date() } })
  // @ts-expect-error a text may look like a range of texts
  db.rooms.select().where({ words: { cs: 'b' } })
  // @ts-expect-error a multirange is no range
  db.rooms.select().where({ ages: { ov: '{[1,2)}' } })`
const dateApp = `import { createClient, type EventsRow, type StopInput, type EventsValue } from './dates/index.js'
  import type { Row } from '@rolecast/client'
  const db = createClient({ url: 'http://x' })
  export const a: (row: EventsRow) => [Date, Date | null, Date[] | null, string | null, string | null] = (row) =>
    [row.at, row.until, row.all_of, row.local, row.day]
  export const b: Promise<Date> = (async () => (await db.events.select().aggregate({ m: { max: 'at' } })))().then(([row]) => row!.m!)
  export const c: Promise<Date | null> = (async () => db.rpc.latest())()
  const stripped = db.events.select('at', 'until').stripNulls()
  export const d: (row: Row<typeof stripped>) => number = ({ at, until }) => (until ?? at).getTime()
  export const e: StopInput = { nights: 1n, at: new Date() }
  export const f: (value: EventsValue) => string = ({ at }) => at
  db.events.insert({ id: 1, at: new Date(), until: '2026-01-01', all_of: [new Date(), '2026-01-01'] })
  db.events.select().where({ at: { gte: new Date() }, until: '2026-01-01' }, { all_of: [new Date()] }, { at: [new Date(), 'now'] })
  // @ts-expect-error no longer a text
  export const g: (row: EventsRow) => string = ({ at }) => at`

type Method = (...args: unknown[]) => AnyQuery
type Calls = 'within' | 'gaps' | 'last_stop' | 'latest' | 'moments' | 'first_event' | 'spans'
type Client = Record<'rooms' | 'events', Record<'select' | 'insert', Method>> & { rpc: Record<Calls, Method> }

let made: MadeClient
let strings: Client
let dates: Client
beforeAll(async () => {
  made = await makeClient(sql)
  strings = made.db as Client
  const client = await made.client({
    types: { timestamptz: 'Date', int8: 'bigint' },
    overrides: { 'api.events.forever': 'string' },
  })
  dates = client as Client
})
afterAll(() => made[Symbol.asyncDispose]())

test('ranges, composites and dates have their types in rows, writes and conditions', { timeout: 120_000 }, async () => {
  const options = { types: { timestamptz: 'Date', int8: 'bigint' } } as const
  const strict = { noUnusedLocals: true, noUnusedParameters: true }
  const files = {
    'strings/index.ts': made.text,
    'dates/index.ts': made.textOf(options),
    'ranges.ts': rangeApp,
    'dates.ts': dateApp,
  }
  const { folder, remove } = project(files, { options: strict, include: ['*.ts'] })
  for (const version of versions) expect({ version, ...(await check(folder, version)) }).toMatchObject({ errors: [] })
  remove()
})

describe('ranges', () => {
  const ids = async (where: object) => (await strings.rooms.select('id').where(where).order('id')).map(({ id }) => id)
  test.each<[string, object, number[]]>([
    ['contains a number', { ages: { cs: 3 } }, [1]],
    ['contains a range', { ages: { cs: '[5,6]' } }, [2]],
    ['contains nothing', { ages: { cs: 'empty' } }, [1, 2]],
    ['does not contain', { ages: { not: { cs: 3 } } }, [2]],
    ['contains a numeric', { sums: { cs: '2.5' } }, [1]],
    ['contains a date', { stay: { cs: '2026-02-15' } }, [2]],
    ['contains a Date', { stay: { cs: new Date('2026-01-15') } }, [1, 2]],
    ['contains one of two', { $or: [{ stay: { cs: '2026-02-15' } }, { ages: { cs: 3 } }] }, [1, 2]],
    ['a multirange contains a value', { open: { cs: '2026-01-01T11:00:00Z' } }, [1]],
    ['a multirange contains a Date', { open: { cs: new Date('2026-01-01T12:00:00Z') } }, []],
    ['a multirange overlaps a range', { open: { ov: '[2026-01-01 11:00+00,)' } }, [1]],
    ['a multirange is within a multirange', { open: { cd: '{[2026-01-01,2026-01-03)}' } }, [1, 2]],
    ['of texts contains a range', { words: { cs: '["[x]","[x]"]' } }, [2]],
    ['is one of', { ages: ['[1,5)', 'empty'] }, [1]],
    ['adjacent', { ages: { adj: '[5,6)' } }, [1]],
    ['a list', { many: ['[1,2)', 'empty'] }, [1]],
  ])('%s', async (_, where, expected) => expect(await ids(where)).toEqual(expected))

  test('come as they went, composites too', async () => {
    const stop = { place: 'x', at: new Date('2026-01-01'), nights: 9007199254740993n, during: '[1,2)' }
    const row = { id: 3, ages: '[7,8)', open: '{[2026-01-01,)}', many: ['empty'], trip: { stops: [stop, {}] } }
    const db = strings
    const trip = 'trip' as const
    expect(
      await db.rooms
        .insert(row)
        .returning('ages', 'open', 'many')
        .text({ nights: [trip, 'stops', 0, 'nights'] })
        .json({ trip: [trip] })
        .one(),
    ).toEqual({
      ages: '[7,8)',
      open: '{["2026-01-01 00:00:00+00",)}',
      many: ['empty'],
      nights: '9007199254740993',
      trip: {
        first: null,
        stops: [
          { ...stop, at: '2026-01-01T00:00:00+00:00', nights: Number(stop.nights) },
          { place: null, at: null, nights: null, during: null },
        ],
      },
    })
    expect(await strings.rpc.within({ ages: '[3,9)' })).toBe('[3,4)')
    expect(await strings.rpc.gaps()).toBe('{[5,7)}')
    expect(await strings.rpc.last_stop({ trip: { stops: [{ place: 'y', during: 'empty' }] } })).toMatchObject({
      place: 'y',
      during: 'empty',
    })
    await made.query('DELETE FROM api.rooms WHERE id = 3')
  })
})

describe('timestamptz as Date', () => {
  const at = new Date('2026-01-31T10:00:00.123Z')
  const ancient = new Date('-000043-03-15T00:00:00Z')

  test.each([
    ['UTC', '+00:00'],
    ['Europe/Amsterdam', '+01:00'],
    ['Asia/Kathmandu', '+05:45'],
  ])('in rows as they are in %s', async (zone, offset) => {
    const inZone = { headers: { Prefer: `timezone=${zone}` } }
    const [text] = await strings.events.select('at').where({ id: 1 }).with(inZone)
    expect(text?.at).toMatch(new RegExp(`\\${offset}$`))
    expect(await dates.events.select('at').order('id').with(inZone)).toEqual(
      [at, ancient, new Date('+012026-01-01T00:00:00Z')].map((at) => ({ at })),
    )
  })

  test('in lists, embeds, aggregates, functions and streams; of timestamp and date as text', async () => {
    const db = dates
    const local = { local: '2026-01-01T10:00:00', day: '2026-01-01' }
    const first = { all_of: [new Date('2026-01-01'), null], until: new Date('1900-01-01'), ...local }
    expect(await db.events.select('all_of', 'until', 'local', 'day').where({ id: 1 }).one()).toEqual(first)
    expect(
      await db.events
        .select('id')
        .embed({ events_by_follows: ['at'] })
        .spread('follows_event', ['until'])
        .where({ id: [1, 2] })
        .order('id'),
    ).toEqual([
      { id: 1, until: null, events_by_follows: [{ at: ancient }, { at: new Date('+012026-01-01T00:00:00Z') }] },
      { id: 2, until: new Date('1900-01-01'), events_by_follows: [] },
    ])
    expect(
      await db.events
        .select('kind')
        .aggregate({ last: { max: 'at' } })
        .order('kind')
        .limit(1),
    ).toEqual([{ kind: 'a', last: at }])
    expect(await db.events.select('id', 'until').stripNulls().where({ id: 2 })).toEqual([{ id: 2 }])
    expect(await db.rpc.latest()).toEqual(new Date('+012026-01-01T00:00:00Z'))
    expect(await db.rpc.moments()).toEqual([at, ancient, new Date('+012026-01-01T00:00:00Z')])
    expect(await db.rpc.first_event().select('at', 'until')).toEqual({ at, until: first.until })
    expect(await db.rpc.spans()).toMatchObject([{ since: at, event: { at: '2026-01-31T10:00:00.123456+00:00' } }])
    const streamed = []
    for await (const row of streamRows(db.events.select('at').where({ id: 1 }) as never)) streamed.push(row)
    expect(streamed).toEqual([{ at }])
  })

  test('what it writes and asks for it finds, and pages go by all digits', async () => {
    const written = new Date('2026-05-05T05:05:05.005Z')
    expect(
      await dates.events
        .insert({ id: 9, at: written, all_of: [written] })
        .returning('at', 'all_of')
        .one(),
    ).toEqual({ at: written, all_of: [written] })
    expect(await dates.events.select('id').where({ at: written, all_of: [written] })).toEqual([{ id: 9 }])
    await made.query(`DELETE FROM api.events WHERE id = 9`)
    await made.query(
      `INSERT INTO api.events (id, at) SELECT 100 + n, '2026-06-01 00:00:00.000001'::timestamptz + n * interval '1 us' FROM generate_series(1, 5) n`,
    )
    const pages: unknown[] = []
    for await (const page of dates.events
      .select('id', 'at')
      .where({ id: { gt: 99 } })
      .order('at')
      .pages(2))
      pages.push(page.map(({ id }) => id))
    expect(pages).toEqual([[101, 102], [103, 104], [105]])
    await made.query('DELETE FROM api.events WHERE id > 99')
  })

  test('infinity is an error, and a string where the configuration says so', async () => {
    expect(await dates.events.select('forever').where({ id: 1 }).one()).toEqual({ forever: 'infinity' })
    const all = (await made.client({ types: { timestamptz: 'Date' } })) as Client
    const infinite = all.events.select('forever').where({ id: 1 })
    const failure = { name: 'ResponseError', message: expect.stringContaining('infinity is no Date') }
    await expect(infinite).rejects.toMatchObject(failure)
    await expect(
      (async () => {
        for await (const _ of streamRows(infinite as never));
      })(),
    ).rejects.toMatchObject(failure)
  })
})
