import { mkdtemp } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer as createNetServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '@rolecast/embedded'
import { createServer, ListenError } from '@rolecast/server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { openProxy } from '../../packages/connect/src/testing.fixture.js'
import { freePort } from '../free-port.js'
import { askServer, type Festival, openFestival } from './festival.js'

let festival: Festival
beforeAll(async () => {
  festival = await openFestival()
})
afterAll(() => festival?.close())

const until = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 10_000, interval: 20 })
const local = { serverHost: '127.0.0.1', adminServerHost: '127.0.0.1' }
const statusOf = async (port: number, path: string) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`)
  await response.arrayBuffer()
  return response.status
}

describe('a database that is not there at start', () => {
  test('is waited for; the admin server answers meanwhile, and the log says why', async () => {
    const [port, adminServerPort] = [await freePort(), await freePort()]
    const lines: string[] = []
    const starting = createServer({
      ...festival.options,
      ...local,
      adminServerPort,
      dbUri: `postgresql://authenticator@127.0.0.1:${port}/postgres`,
      log: (line) => lines.push(line),
    })
    await until(async () => expect(await statusOf(adminServerPort, '/live')).toBe(200))
    const ready = await fetch(`http://127.0.0.1:${adminServerPort}/ready`)
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('ECONNREFUSED')])
    const sql = [fileURLToPath(new URL('./festival.sql', import.meta.url))]
    // Its port opens when everything is loaded, as that of a database which is restarted does.
    const late = await startPostgres({ authentication: 'trust', sql })
    const door = await openProxy(late.port, port)
    const server = await starting
    try {
      await server.listen(0, '127.0.0.1')
      expect(await statusOf(adminServerPort, '/ready')).toBe(200)
      expect(lines.filter((line) => line.includes('The database cannot be reached')).length).toBeGreaterThan(0)
      expect(server.startLines.join('\n')).toMatch(/PostgreSQL 18[\s\S]*schemas fest, archive[\s\S]*visitor/)
    } finally {
      await server.close()
      door.close()
      await late.stop()
    }
  })

  test('is not waited for longer than db-start-timeout says', async () => {
    const options = { ...festival.options, dbUri: 'postgresql://a@127.0.0.1:1/a', dbStartTimeout: 1 }
    const begun = Date.now()
    await expect(createServer(options)).rejects.toThrow('The database cannot be reached.')
    expect(Date.now() - begun).toBeLessThan(3_000)
  })
})

test('connections that die without a word: requests are told, /ready tells it, and all recovers', async () => {
  const proxy = await openProxy(festival.postgres.port)
  const adminServerPort = await freePort()
  const lines: string[] = []
  const server = await createServer({
    ...festival.options,
    ...local,
    adminServerPort,
    dbPool: 1, // the one connection that there is dies
    dbUri: `postgresql://authenticator@127.0.0.1:${proxy.port}/postgres?tcp_user_timeout=300&connect_timeout=1`,
    log: (line) => lines.push(line),
  })
  try {
    await server.listen(0, '127.0.0.1')
    expect((await askServer(server, '/stages')).status).toBe(200)
    const metrics = `http://127.0.0.1:${adminServerPort}/metrics`
    // The connection is idle again: a reset of its session is no longer under way.
    await until(async () => expect(await (await fetch(metrics)).text()).toMatch(/^pgrst_db_pool_available 1$/m))
    proxy.silence()
    const asked = await askServer(server, '/stages') // on the connection that is dead
    expect([asked.status, await statusOf(adminServerPort, '/ready')]).toEqual([503, 503])
    await until(async () => expect((await askServer(server, '/stages')).json).toMatchObject({ code: 'PGRST000' }))
    proxy.passOn()
    await until(async () => expect((await askServer(server, '/stages')).status).toBe(200))
    expect(await statusOf(adminServerPort, '/ready')).toBe(200)
    const said = lines.join('\n')
    expect(said).toContain('The database cannot be reached: The server did not answer within 1 s')
    expect(said).toContain('The database can be reached again.')
    expect(said).toMatch(/GET \/stages failed with 503: .*dead/)
    expect(await (await fetch(metrics)).text()).toMatch(/rolecast_db_connections_dead_total [1-9]/)
  } finally {
    await server.close()
    proxy.close()
  }
})

test('fetch hears the signal of its request', async () => {
  const leaving = new AbortController()
  const body = JSON.stringify({ seconds: 20 })
  const headers = { 'Content-Type': 'application/json' }
  const asked = festival.server.fetch(
    new Request('http://a/rpc/slow', { method: 'POST', headers, body, signal: leaving.signal }),
  )
  const owner = new pg.Client({ connectionString: festival.postgres.uri })
  await owner.connect()
  const running = async () =>
    (await owner.query(`SELECT FROM pg_stat_activity WHERE usename = 'authenticator' AND state = 'active'`)).rowCount
  try {
    await until(async () => expect(await running()).toBe(1))
    const begun = Date.now()
    leaving.abort()
    expect((await asked).status).toBe(499)
    expect(Date.now() - begun).toBeLessThan(5_000)
    expect(await running()).toBe(0)
  } finally {
    await owner.end()
  }
})

describe('the admin server', () => {
  test('whose port is taken is named, and the port that it got is told', async () => {
    const taken = createNetServer()
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve))
    const { port } = taken.address() as { port: number }
    const server = await createServer({ ...festival.options, ...local, adminServerPort: port })
    const failure = await server.listen(0, '127.0.0.1').catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ListenError)
    expect(String(failure)).toContain(`127.0.0.1:${port} for the admin server`)
    await server.close()
    taken.close()
    const lines: string[] = []
    const other = await createServer({
      ...festival.options,
      ...local,
      adminServerPort: 0,
      log: (line) => lines.push(line),
    })
    try {
      await other.listen(0, '127.0.0.1')
      const [, got] = /admin server listens on 127\.0\.0\.1:(\d+)/.exec(lines.join('\n')) ?? []
      expect(await statusOf(Number(got), '/live')).toBe(200)
    } finally {
      await other.close()
    }
  })

  test('stays while requests under way are answered, and says so', async () => {
    const adminServerPort = await freePort()
    const server = await createServer({ ...festival.options, ...local, adminServerPort })
    const port = await server.listen(0, '127.0.0.1')
    const slow = fetch(`http://127.0.0.1:${port}/rpc/slow`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', connection: 'close' },
      body: JSON.stringify({ seconds: 1 }),
    })
    await delay(200)
    const closing = server.close()
    await delay(50)
    expect(await statusOf(adminServerPort, '/live')).toBe(200)
    const ready = await fetch(`http://127.0.0.1:${adminServerPort}/ready`)
    expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('is ending')])
    expect((await slow).status).toBe(200)
    await closing
    await expect(statusOf(adminServerPort, '/live')).rejects.toThrow()
  })

  test('tells what became of requests', async () => {
    const adminServerPort = await freePort()
    const lines: string[] = []
    const server = await createServer({
      ...festival.options,
      ...local,
      adminServerPort,
      serverMaxBodySize: 100,
      logLevel: 'info',
      log: (line) => lines.push(line),
    })
    try {
      const port = await server.listen(0, '127.0.0.1')
      expect(await statusOf(port, '/stages')).toBe(200)
      expect(await statusOf(port, '/nowhere')).toBe(404)
      const long = await fetch(`http://127.0.0.1:${port}/acts`, { method: 'POST', body: 'x'.repeat(101) })
      expect([long.status, await long.json()]).toMatchObject([413, { code: 'PGRST102' }])
      const leaving = new AbortController()
      const left = fetch(`http://127.0.0.1:${port}/rpc/slow`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ seconds: 20 }),
        signal: leaving.signal,
      }).catch(() => 'left')
      await delay(300)
      leaving.abort()
      await left
      await until(() => expect(lines.some((line) => line.includes('POST /rpc/slow 499'))).toBe(true))
      const metrics = await (await fetch(`http://127.0.0.1:${adminServerPort}/metrics`)).text()
      for (const expected of [
        'rolecast_http_requests_total{status="200"} 1',
        'rolecast_http_requests_total{status="404"} 1',
        'rolecast_http_refused_total{status="413"} 1',
        'rolecast_http_abandoned_total 1',
        'rolecast_http_request_duration_seconds_bucket{le="+Inf"} 2',
        'rolecast_http_request_duration_seconds_count 2',
        'rolecast_event_loop_delay_seconds{quantile="0.99"} ',
        'process_resident_memory_bytes ',
        'rolecast_db_cancelled_total 1',
      ])
        expect(metrics).toContain(expected)
      expect(lines.join('\n')).toMatch(/POST \/acts 413 The body has more than 100 bytes/)
    } finally {
      await server.close()
    }
  })
})

test('a server that takes a socket over leaves it in place when the first one ends', async () => {
  const serverUnixSocket = join(await mkdtemp(join(tmpdir(), 'rolecast-test-')), 'api.sock')
  const first = await createServer({ ...festival.options, serverUnixSocket })
  await first.listen()
  const second = await createServer({ ...festival.options, serverUnixSocket })
  await second.listen()
  await first.close()
  const ask = () =>
    new Promise((resolve, reject) => {
      request({ socketPath: serverUnixSocket, path: '/stages' }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
        .on('error', reject)
        .end()
    })
  expect(await ask()).toBe(200)
  await second.close()
  await until(() => expect(ask()).rejects.toThrow(/ENOENT/))
})
