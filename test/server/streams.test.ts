import { once } from 'node:events'
import { connect, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { createServer, type Server } from '@rolecast/server'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

// Long bodies leave while they come from PostgreSQL.
const length = 30_000_000
let postgres: EmbeddedPostgres
let owner: pg.Client
let valve: Valve
let server: Server
let port: number
const log: string[] = []

beforeAll(async () => {
  postgres = await startPostgres({ authentication: 'trust' })
  owner = new pg.Client({ connectionString: postgres.uri })
  await owner.connect()
  await owner.query(`
    CREATE ROLE reader NOLOGIN;
    CREATE SCHEMA shelf;
    CREATE DOMAIN shelf."application/octet-stream" AS bytea;
    CREATE FUNCTION shelf.text(n int) RETURNS text STABLE LANGUAGE sql AS $$ SELECT repeat('0123456789', n / 10) $$;
    CREATE FUNCTION shelf.bytes(n int) RETURNS shelf."application/octet-stream" STABLE LANGUAGE sql
      AS $$ SELECT decode(repeat('00ff8a', n / 3), 'hex') $$;
    CREATE FUNCTION shelf.bare(n int) RETURNS text STABLE LANGUAGE sql
      AS $$ SELECT set_config('response.status', '204', true); SELECT repeat('x', n) $$;
    CREATE FUNCTION shelf.broken(n int) RETURNS text STABLE LANGUAGE sql
      AS $$ SELECT set_config('response.headers', 'none', true); SELECT repeat('x', n) $$;
    CREATE TABLE shelf.page AS SELECT n AS id, repeat('x', 100000) AS words FROM generate_series(1, 20) AS n;
    CREATE VIEW shelf.number AS SELECT n, 1000 / (n - 5000) AS share FROM generate_series(1, 10000) AS n;
    CREATE VIEW shelf.endless AS
      SELECT n, repeat('x', 10000) AS words, pg_sleep(CASE WHEN n > 3 THEN 1000 ELSE 0 END)::text AS pause
      FROM generate_series(1, 10) AS n;
    CREATE TABLE shelf.note (id int, note json, label text);
    INSERT INTO shelf.note VALUES (1, E'{\\n"a": 1}', 'a "b"'), (2, NULL, 'two, lines');
    CREATE FUNCTION shelf.words() RETURNS SETOF text STABLE LANGUAGE sql AS $$ SELECT unnest('{one,two}'::text[]) $$;
    CREATE FUNCTION shelf.volatile_words() RETURNS SETOF text LANGUAGE sql AS $$ SELECT unnest('{one,two}'::text[]) $$;
    GRANT USAGE ON SCHEMA shelf TO reader;
    GRANT SELECT ON ALL TABLES IN SCHEMA shelf TO reader;`)
  valve = await openValve(new URL(postgres.uri).port)
  const dbUri = new URL(postgres.uri)
  dbUri.host = `127.0.0.1:${valve.port}`
  const options = { dbUri: String(dbUri), dbSchemas: ['shelf'], dbAnonRole: 'reader', dbConfig: false, dbPool: 1 }
  server = await createServer({
    ...options,
    dbChannelEnabled: false,
    serverResponseHold: 600,
    serverMaxResponseMemory: length,
    log: (line) => log.push(line),
  })
  port = await server.listen(0, '127.0.0.1')
})
beforeEach(() => {
  log.length = 0
})
afterAll(async () => {
  await server?.close()
  await valve?.close()
  await owner?.end()
  await postgres?.stop()
})

/** Stands before PostgreSQL, and can hold back what it sends. */
interface Valve {
  readonly port: number
  /** lets this many bytes more pass on each connection */
  allow(bytes: number): void
  cut(): void
  close(): Promise<void>
}

type Pair = readonly [near: Socket, far: Socket]

async function openValve(databasePort: string): Promise<Valve> {
  const pairs = new Set<Pair>()
  let allowed = Number.POSITIVE_INFINITY
  const pump = ([near, far]: Pair) => {
    while (allowed > 0 && !near.writableNeedDrain) {
      const chunk: Buffer | null = far.read()
      if (chunk === null) return
      near.write(chunk.subarray(0, allowed))
      if (chunk.length > allowed) far.unshift(chunk.subarray(allowed))
      allowed = Math.max(0, allowed - chunk.length)
    }
  }
  const tcp: TcpServer = createTcpServer((near) => {
    const far = connect(Number(databasePort), '127.0.0.1')
    const pair: Pair = [near, far]
    pairs.add(pair)
    near.pipe(far)
    far.on('readable', () => pump(pair))
    near.on('drain', () => pump(pair))
    for (const socket of pair) {
      socket.on('error', () => {})
      socket.on('close', () => {
        pairs.delete(pair)
        near.destroy()
        far.destroy()
      })
    }
  })
  tcp.listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  const cut = () => {
    for (const [near] of pairs) near.resetAndDestroy()
  }
  return {
    port: (tcp.address() as { port: number }).port,
    allow(bytes) {
      allowed = bytes
      for (const pair of pairs) pump(pair)
    },
    cut,
    close: () =>
      new Promise((resolve) => {
        cut()
        tcp.close(() => resolve())
      }),
  }
}

type Door = (path: string, init?: RequestInit) => Promise<Response>
const doors: readonly (readonly [name: string, door: Door])[] = [
  ['a socket', (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init)],
  ['fetch', (path, init) => server.fetch(new Request(`http://shelf${path}`, init))],
]
const short: Door = (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init)

/** A client that has sent its request and reads nothing. */
function deafClient(path: string): Socket {
  const socket = connect(port, '127.0.0.1').on('error', () => {})
  socket.pause().write(`GET ${path} HTTP/1.1\r\nHost: shelf\r\n\r\n`)
  return socket
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 20))
}

/** PostgreSQL cannot send more: somebody does not take it. */
const isHeldUp = async () =>
  (await owner.query(`SELECT FROM pg_stat_activity WHERE wait_event = 'ClientWrite'`)).rowCount === 1

describe.each(doors)('by %s', (_, ask) => {
  test('status and headers are there before the body has come', async () => {
    await ask('/rpc/text?n=10') // the connection is there
    valve.allow(100_000)
    try {
      const response = await ask(`/rpc/text?n=${length}`)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-range')).toBe('0-0/*')
      valve.allow(Number.POSITIVE_INFINITY)
      expect(await response.text()).toBe(`"${'0123456789'.repeat(length / 10)}"`)
    } finally {
      valve.allow(Number.POSITIVE_INFINITY)
    }
  })

  test('bytes are bytes', async () => {
    const response = await ask(`/rpc/bytes?n=${length}`, { headers: { Accept: 'application/octet-stream' } })
    expect(Buffer.from(await response.arrayBuffer()).equals(Buffer.from('00ff8a'.repeat(length / 3), 'hex'))).toBe(true)
  })

  test('a body whose end does not come is never completed', async () => {
    await ask('/rpc/text?n=10')
    valve.allow(100_000)
    const response = await ask(`/rpc/text?n=${length}`)
    expect(response.status).toBe(200)
    valve.cut()
    valve.allow(Number.POSITIVE_INFINITY)
    await expect(response.text()).rejects.toThrow()
    expect(await (await ask('/rpc/text?n=10')).text()).toBe('"0123456789"')
  })

  test('a client that leaves gives the connection back', async () => {
    const controller = new AbortController()
    const response = await ask(`/rpc/text?n=${length}`, { signal: controller.signal })
    await response.body?.getReader().cancel()
    controller.abort()
    expect(await (await ask('/rpc/text?n=10')).text()).toBe('"0123456789"')
  })

  test.each([
    ['/rpc/bare?n=1000000', {}, 204],
    ['/rpc/broken?n=1000000', {}, 500],
    ['/page', { Accept: 'application/vnd.pgrst.object+json' }, 406],
  ])('%s: a body that is not sent is not waited for', async (path, headers, status) => {
    const response = await ask(path, { headers })
    expect(response.status).toBe(status)
    expect((await response.text()).length).toBeLessThan(1_000)
    expect(await (await ask('/rpc/text?n=10')).text()).toBe('"0123456789"')
  })

  test('an estimate stands in the headers', async () => {
    const response = await ask('/page', { headers: { Prefer: 'count=planned' } })
    expect(response.headers.get('content-range')).toMatch(/^0-19\/\d+$/)
    expect(await response.json()).toHaveLength(20)
  })
})

const lines = { Accept: 'application/x-ndjson' }
const table = { Accept: 'text/csv', Prefer: 'stream' }

describe.each(doors)('row by row, by %s', (_, ask) => {
  test.each([
    [
      '/note?order=id',
      lines,
      '{"id":1,"note":{ "a": 1},"label":"a \\"b\\""}\n{"id":2,"note":null,"label":"two, lines"}\n',
    ],
    ['/note?order=id', table, 'id,note,label\n1,"{\n""a"": 1}","a ""b"""\n2,,"two, lines"\n'],
    ['/note?id=eq.3', lines, ''],
    ['/note?id=eq.3', table, ''],
    ['/note?select=label&order=id.desc&limit=1', lines, '{"label":"two, lines"}\n'],
    ['/rpc/words', lines, '"one"\n"two"\n'],
    ['/rpc/words', table, 'pgrst_scalar\none\ntwo\n'],
    ['/rpc/text?n=10', lines, '"0123456789"\n'],
  ])('%s %o', async (path, headers, text) => {
    const response = await ask(path, { headers })
    expect(response.status).toBe(200)
    expect(response.headers.get('content-range')).toBe('*/*')
    expect(response.headers.get('content-length')).toBe(null)
    expect(await response.text()).toBe(text)
  })

  test('a writing function answers in lines, at once', async () => {
    const response = await ask('/rpc/volatile_words', { method: 'POST', headers: lines })
    expect(await response.text()).toBe('"one"\n"two"\n')
  })

  test('totals stand in the headers', async () => {
    const response = await ask('/note', { headers: { ...lines, Prefer: 'count=exact, stream' } })
    expect(response.headers.get('content-range')).toBe('*/2')
    expect(response.headers.get('preference-applied')).toBe('stream, count=exact')
    await response.text()
  })

  test('ten thousand rows, in order', async () => {
    const text = await (await ask('/number?select=n&order=n', { headers: lines })).text()
    expect(text).toBe(Array.from({ length: 10_000 }, (_, index) => `{"n":${index + 1}}\n`).join(''))
  })

  test('an error of the first row is a response, and one of a later row cuts the answer off', async () => {
    expect((await ask('/number?n=eq.5000', { headers: lines })).status).toBe(400)
    const response = await ask('/number', { headers: lines })
    expect(response.status).toBe(200)
    await expect(response.text()).rejects.toThrow()
    expect((await ask('/note')).status).toBe(200)
  })

  test('the first row does not wait for the last, and the statement ends with its reader', async () => {
    const controller = new AbortController()
    const response = await ask('/endless', { headers: lines, signal: controller.signal })
    const reader = response.body?.getReader()
    expect(String(Buffer.from((await reader?.read())?.value ?? []))).toMatch(/^\{"n":1,/)
    expect((await ask('/note', { headers: lines })).status).toBe(503) // of one connection, one may be held so
    await reader?.cancel()
    controller.abort()
    expect((await ask('/note')).status).toBe(200)
  })
})

test('a transaction of tests has lines, too', async () => {
  await using shared = await server.testTransaction()
  const request = new Request('http://shelf/note?select=id&order=id', { headers: lines })
  expect(await (await shared.fetch(request)).text()).toBe('{"id":1}\n{"id":2}\n')
})

test('HEAD has the headers only', async () => {
  const response = await short('/page', { method: 'HEAD' })
  expect(response.headers.get('content-range')).toBe('0-19/*')
  expect(await response.text()).toBe('')
})

describe('a client that reads slowly', () => {
  test('makes PostgreSQL wait, until somebody else needs the connection', async () => {
    const deaf = deafClient(`/rpc/text?n=${length}`)
    await until(isHeldUp)
    expect(await (await short('/rpc/text?n=10')).text()).toBe('"0123456789"')
    const chunks: Buffer[] = []
    deaf.on('data', (chunk) => chunks.push(chunk)).resume()
    await until(() => deaf.bytesRead > length)
    const received = String(Buffer.concat(chunks))
    const head = received.indexOf('\r\n\r\n') + 4
    await until(() => deaf.bytesRead === head + length + 2)
    expect(String(Buffer.concat(chunks)).slice(head)).toBe(`"${'0123456789'.repeat(length / 10)}"`)
    deaf.destroy()
  })

  test('is cut off where there is no room for the rest of its body', async () => {
    const deaf = deafClient(`/rpc/text?n=${2 * length}`)
    await until(isHeldUp)
    expect(await (await short('/rpc/text?n=10')).text()).toBe('"0123456789"')
    expect(log.join()).toContain('reads its response too slowly')
    deaf.resume()
    await once(deaf, 'close')
    expect(deaf.bytesRead).toBeLessThan(2 * length)
  })
})
