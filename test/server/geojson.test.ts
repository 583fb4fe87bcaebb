import { createServer, type Server } from '@rolecast/server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askServer } from './festival.js'

/** A database of its own, where PostGIS can be installed: a superuser's URI. */
const uri = process.env.POSTGIS_URI
if (uri === undefined) {
  console.warn('skipped: GeoJSON needs a PostgreSQL that has PostGIS (POSTGIS_URI=postgres://postgres@host/throw_away)')
}

const tables = `
  CREATE EXTENSION IF NOT EXISTS postgis;
  DROP SCHEMA IF EXISTS geo CASCADE;
  CREATE SCHEMA geo;
  CREATE TABLE geo.fields (id integer PRIMARY KEY, place public.geometry(POINT, 4326));
  CREATE TABLE geo.tents (id integer PRIMARY KEY, field_id integer REFERENCES geo.fields);
  CREATE FUNCTION geo.north_of(latitude float) RETURNS SETOF geo.fields LANGUAGE sql STABLE
    AS 'SELECT * FROM geo.fields WHERE public.st_y(place) > latitude';
  INSERT INTO geo.fields VALUES (1, 'SRID=4326;POINT(8 50)'), (2, 'SRID=4326;POINT(9 51)'), (3, NULL);
  INSERT INTO geo.tents VALUES (1, 2);`

const feature = (coordinates: number[], properties: object) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates },
  properties,
})

describe.skipIf(uri === undefined)('GeoJSON', () => {
  let server: Server
  const ask = (request: string, options: { body?: unknown; headers?: Record<string, string> } = {}) =>
    askServer(server, request, { ...options, headers: { Accept: 'application/geo+json', ...options.headers } })
  beforeAll(async () => {
    const owner = new pg.Client({ connectionString: uri })
    await owner.connect()
    await owner.query(tables)
    const { rows } = await owner.query('SELECT current_user AS name')
    await owner.end()
    const config = { dbUri: uri as string, dbSchemas: ['geo'], dbAnonRole: rows[0].name, dbTxEnd: 'rollback' } as const
    server = await createServer({ ...config, dbConfig: false, dbChannelEnabled: false, log: () => {} })
  })
  afterAll(() => server?.close())

  test.each([
    ['/fields?id=eq.1', [feature([8, 50], { id: 1 })]],
    ['/fields?id=eq.9', []],
    ['/fields?select=place&id=eq.1', [feature([8, 50], {})]],
    ['/fields?select=id,place,tents(id)&id=eq.2', [feature([9, 51], { id: 2, tents: [{ id: 1 }] })]],
    ['/tents?select=id,...fields(place)', [feature([9, 51], { id: 1 })]],
    ['/rpc/north_of?latitude=50.5', [feature([9, 51], { id: 2 })]],
  ])('%s', async (path, features) => {
    const { status, headers, json } = await ask(path)
    expect([status, headers.get('content-type')]).toEqual([200, 'application/geo+json; charset=utf-8'])
    expect(json).toEqual({ type: 'FeatureCollection', features })
  })

  test('of rows that were written', async () => {
    const body = { id: 4, place: { type: 'Point', coordinates: [1, 2] } }
    const { status, json } = await ask('POST /fields', { body, headers: { Prefer: 'return=representation' } })
    expect([status, json]).toEqual([201, { type: 'FeatureCollection', features: [feature([1, 2], { id: 4 })] }])
  })

  test.each(['/tents', '/fields?select=id'])('%s has no geometry', async (path) => {
    expect(await ask(path)).toMatchObject({ status: 400, json: { message: 'geometry column is missing' } })
  })
})
