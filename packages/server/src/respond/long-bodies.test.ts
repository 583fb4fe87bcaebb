import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createServer } from '../create-server.js'
import type { Server } from '../server.js'

// Bodies are text up to some length, and beyond it the bytes that PostgreSQL sent.
let postgres: EmbeddedPostgres
let server: Server
let port: number
beforeAll(async () => {
  postgres = await startPostgres({ authentication: 'trust' })
  const owner = new pg.Client({ connectionString: postgres.uri })
  await owner.connect()
  await owner.query(`
    CREATE ROLE reader NOLOGIN;
    CREATE SCHEMA shelf;
    CREATE TABLE shelf.page (id int, words text);
    INSERT INTO shelf.page SELECT n, repeat('Zoë ', 10 * n) FROM generate_series(1, 100) AS n;
    CREATE DOMAIN shelf."application/octet-stream" AS bytea;
    CREATE FUNCTION shelf.bytes(n int) RETURNS shelf."application/octet-stream" STABLE LANGUAGE sql
      AS $$ SELECT decode(repeat('00ff8a', n), 'hex') $$;
    GRANT USAGE ON SCHEMA shelf TO reader;
    GRANT SELECT ON shelf.page TO reader;`)
  await owner.end()
  const options = { dbUri: postgres.uri, dbSchemas: ['shelf'], dbAnonRole: 'reader', dbConfig: false }
  server = await createServer({ ...options, dbChannelEnabled: false, dbPlanEnabled: true })
  port = await server.listen(0, '127.0.0.1')
})
afterAll(async () => {
  await server?.close()
  await postgres?.stop()
})

const words = (n: number) => 'Zoë '.repeat(10 * n)

/** The same over a socket and without one. */
async function ask(path: string, accept = 'application/json'): Promise<Buffer> {
  const headers = { Accept: accept }
  const [sent, fetched] = await Promise.all([
    fetch(`http://127.0.0.1:${port}${path}`, { headers }),
    server.fetch(new Request(`http://shelf${path}`, { headers })),
  ])
  const body = Buffer.from(await sent.arrayBuffer())
  expect(sent.status).toBe(200)
  expect(Number(sent.headers.get('content-length'))).toBe(body.length)
  expect(Buffer.from(await fetched.arrayBuffer()).equals(body)).toBe(true)
  return body
}

test.each([1, 40, 100])('%i rows as JSON', async (count) => {
  const rows = Array.from({ length: count }, (_, index) => ({ id: index + 1, words: words(index + 1) }))
  expect(JSON.parse(String(await ask(`/page?order=id&limit=${count}`)))).toEqual(rows)
})

test.each([1, 100])('as CSV, from row %i on', async (id) => {
  const lines = String(await ask(`/page?order=id&id=gte.${id}`, 'text/csv')).split('\n')
  expect(lines[0]).toBe('id,words')
  expect(lines[1]).toBe(`${id},"${words(id)}"`)
})

test('as one object', async () => {
  const body = await ask(
    '/page?select=a:words,b:words,c:words,d:words,e:words&id=eq.100',
    'application/vnd.pgrst.object+json',
  )
  expect(body.length).toBeGreaterThan(16_384)
  expect(Object.values(JSON.parse(String(body)) as object)).toEqual(Array.from('abcde', () => words(100)))
})

test.each([1, 5_000, 100_000])('%i times three bytes', async (count) => {
  const body = await ask(`/rpc/bytes?n=${count}`, 'application/octet-stream')
  expect(body.equals(Buffer.from('00ff8a'.repeat(count), 'hex'))).toBe(true)
})

test('an explanation is never bytes', async () => {
  const columns = Array.from({ length: 1_500 }, (_, index) => `a${index}:words`).join()
  const body = await ask(`/page?select=${columns}`, 'application/vnd.pgrst.plan+json; options=verbose')
  expect(body.length).toBeGreaterThan(16_384)
  expect(JSON.parse(String(body))).toEqual([expect.objectContaining({ Plan: expect.any(Object) })])
})
