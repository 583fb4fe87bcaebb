import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createServer } from '../create-server.js'
import type { Server, ServerOptions } from '../server.js'

const sql = `
  CREATE ROLE visitor NOLOGIN;
  CREATE SCHEMA shop;
  CREATE TABLE shop.artist (id int PRIMARY KEY, name text);
  CREATE TABLE shop.album (id int PRIMARY KEY, title text, artist_id int NOT NULL REFERENCES shop.artist, part int, UNIQUE (id, part));
  CREATE TABLE shop.track (id int PRIMARY KEY, name text, length numeric, album_id int, part int, tags jsonb,
    FOREIGN KEY (album_id, part) REFERENCES shop.album (id, part));
  CREATE TABLE shop.playlist (id int PRIMARY KEY, name text, parent_id int REFERENCES shop.playlist);
  CREATE TABLE shop.entry (playlist_id int REFERENCES shop.playlist, track_id int REFERENCES shop.track, PRIMARY KEY (playlist_id, track_id));
  INSERT INTO shop.artist SELECT n, 'Artist ' || n % 5 FROM generate_series(1, 9) n;
  INSERT INTO shop.album SELECT n, 'Album ' || n % 4, 1 + n * 7 % 8, n % 3 FROM generate_series(1, 25) n;
  INSERT INTO shop.track SELECT n, 'Track ' || n % 6, n * 1.50, CASE WHEN n % 7 > 0 THEN a END, CASE WHEN n % 5 > 0 THEN a % 3 END,
    jsonb_build_object('n', n) FROM (SELECT n, 1 + n * 11 % 25 AS a FROM generate_series(1, 80) n) AS numbered;
  INSERT INTO shop.playlist SELECT n, 'List ' || n, nullif(n / 3, 0) FROM generate_series(1, 12) n;
  INSERT INTO shop.entry SELECT 1 + n % 11, 1 + n * 3 % 80 FROM generate_series(1, 150) n ON CONFLICT DO NOTHING;
  CREATE TABLE shop.owned (id int PRIMARY KEY, owner text);
  CREATE TABLE shop.part (id int PRIMARY KEY, owned_id int NOT NULL REFERENCES shop.owned);
  ALTER TABLE shop.owned ENABLE ROW LEVEL SECURITY;
  CREATE VIEW shop.record AS SELECT id, title, part FROM shop.album;
  CREATE VIEW shop.first_record AS SELECT id, title, part FROM shop.album WHERE part = 1;
  CREATE VIEW shop.endless AS SELECT id FROM shop.album;
  CREATE OR REPLACE VIEW shop.endless AS SELECT id FROM shop.endless;
  CREATE VIEW shop.long_track AS SELECT * FROM shop.track WHERE length > 20;
  GRANT USAGE ON SCHEMA shop TO visitor;
  GRANT SELECT ON ALL TABLES IN SCHEMA shop TO visitor;
  ALTER TABLE shop.track ENABLE ROW LEVEL SECURITY;
  CREATE POLICY most ON shop.track FOR SELECT TO visitor USING (id % 10 <> 0);`

let postgres: EmbeddedPostgres
/** joins as sets where it may; never, for its rows are limited; both answer the same */
let sets: Server
let laterals: Server
beforeAll(async () => {
  postgres = await startPostgres({ authentication: 'trust' })
  const owner = new pg.Client({ connectionString: postgres.uri })
  await owner.connect()
  await owner.query(sql)
  await owner.end()
  const options: ServerOptions = { dbUri: postgres.uri, dbSchemas: ['shop'], dbAnonRole: 'visitor', dbConfig: false }
  const rest = { dbChannelEnabled: false, dbAggregatesEnabled: true, dbPlanEnabled: true }
  sets = await createServer({ ...options, ...rest })
  laterals = await createServer({ ...options, ...rest, dbMaxRows: 1_000_000 })
})
afterAll(async () => {
  await sets?.close()
  await laterals?.close()
  await postgres?.stop()
})

async function ask(server: Server, path: string): Promise<{ status: number; text: string; json: unknown }> {
  const response = await server.fetch(new Request(`http://shop${path}`))
  const text = await response.text()
  return { status: response.status, text, json: JSON.parse(text) }
}

/** Arrays in an order of their own, for where none was asked for. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, sorted(inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

const columns: Readonly<Record<string, readonly string[]>> = {
  artist: ['id', 'name'],
  album: ['id', 'title', 'artist_id'],
  track: ['id', 'name', 'length', 'tags->n', 'length::text'],
  long_track: ['id', 'name'],
  playlist: ['id', 'name'],
}
const embeds: Readonly<Record<string, readonly (readonly [text: string, target: string])[]>> = {
  artist: [['album', 'album']],
  album: [
    ['artist', 'artist'],
    ['track', 'track'],
    ['long_track', 'long_track'],
  ],
  track: [
    ['album', 'album'],
    ['playlist', 'playlist'],
  ],
  long_track: [['album', 'album']],
  playlist: [
    ['track', 'track'],
    ['children:playlist!parent_id', 'playlist'],
    ['parent:parent_id', 'playlist'],
  ],
}

interface Picked {
  readonly select: string
  readonly parameters: readonly string[]
}

/** A selection of a relation, and the parameters about what is embedded in it. */
function selection(relation: string, path: string, depth: number, ordered: boolean): fc.Arbitrary<Picked> {
  const names = fc.subarray([...(columns[relation] ?? [])], { minLength: 1 })
  const picked =
    depth === 0
      ? fc.constant([])
      : fc
          .subarray([...(embeds[relation] ?? [])])
          .chain((list) => fc.tuple(...list.map((one) => embed(one, path, depth, ordered))))
  return fc.tuple(names, picked, fc.boolean()).map(([own, inside, all]) => ({
    select: [...(all ? ['*'] : own), ...inside.map(({ select }) => select)].join(','),
    parameters: inside.flatMap(({ parameters }) => parameters),
  }))
}

function embed(
  [text, target]: readonly [string, string],
  around: string,
  depth: number,
  ordered: boolean,
): fc.Arbitrary<Picked> {
  const name = text.split(/[:!]/)[0] ?? text
  const path = around === '' ? name : `${around}.${name}`
  return fc
    .record({
      inside: selection(target, path, depth - 1, ordered),
      inner: fc.boolean(),
      extra: fc.option(fc.constantFrom('id=gt.4', 'id=in.(1,2,3,10,11)', 'limit=2', 'offset=1'), {
        nil: null,
        freq: 2,
      }),
      missing: fc.option(fc.constantFrom('is.null', 'not.is.null'), { nil: null, freq: 8 }),
    })
    .map(({ inside, inner, extra, missing }) => ({
      select: `${text}${inner ? '!inner' : ''}(${inside.select})`,
      parameters: [
        ...inside.parameters,
        ...(extra === null ? [] : [`${path}.${extra}`]),
        ...(ordered || extra?.includes('=2') || extra === 'offset=1' ? [`${path}.order=id.desc`] : []),
        ...(missing === null ? [] : [`${path}=${missing}`]),
      ],
    }))
}

const request = (ordered: boolean) =>
  fc.constantFrom('artist', 'album', 'track', 'playlist').chain((relation) =>
    fc
      .tuple(
        selection(relation, '', 3, ordered),
        fc.option(fc.constantFrom('id=gt.2', 'limit=3'), { nil: null, freq: 3 }),
      )
      .map(([{ select, parameters }, own]) => {
        const order = ordered || own === 'limit=3' ? ['order=id'] : []
        return `/${relation}?${[`select=${select}`, ...parameters, ...order, ...(own === null ? [] : [own])].join('&')}`
      }),
  )

describe('a whole table with its embeds is what lateral joins make of it', () => {
  test.each([true, false])('in random requests, ordered: %s', async (ordered) => {
    let asked = 0
    await fc.assert(
      fc.asyncProperty(request(ordered), async (path) => {
        const [set, lateral] = await Promise.all([ask(sets, path), ask(laterals, path)])
        expect(set.status, path).toBe(lateral.status)
        if (set.status === 200) asked += 1
        if (ordered) expect(set.text, path).toBe(lateral.text)
        else expect(sorted(set.json), path).toEqual(sorted(lateral.json))
      }),
      { numRuns: 100 },
    )
    expect(asked).toBeGreaterThan(60)
  })
})

describe('the plan', () => {
  const plan = async (path: string) => {
    const headers = { Accept: 'application/vnd.pgrst.plan+text; options=verbose' }
    const response = await sets.fetch(new Request(`http://shop${path}`, { headers }))
    expect(response.status).toBe(200)
    return response.text()
  }
  const grouped = /Group Key: (?:track|part)_\d\./

  test.each([
    '/album?select=id,track(id)',
    '/album?select=id,track!inner(id)&track.name=eq.x',
    '/artist?select=album(track(id))',
    '/record?select=id,track(id)',
  ])('of %s groups the tracks once', async (path) => expect(await plan(path)).toMatch(grouped))

  test.each([
    '/album?select=id,track(id)&id=eq.1',
    '/album?select=id,track(id)&limit=5',
    '/album?select=id,track(id)&track.limit=1',
    '/album?select=id,track(id::text)',
    '/album?select=id,artist!inner(id),track(id)',
    '/playlist?select=track(album(track(id)))',
    '/first_record?select=id,track(id)',
    '/owned?select=id,part(id)',
  ])('of %s looks up the tracks of each album', async (path) => expect(await plan(path)).not.toMatch(grouped))
})
