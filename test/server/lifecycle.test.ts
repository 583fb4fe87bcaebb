import { mkdtemp } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer as createNetServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ConnectionFailedError, createServer } from '@rolecast/server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort } from '../free-port.js'
import { askServer, type Festival, openFestival } from './festival.js'

let festival: Festival
let owner: pg.Client
beforeAll(async () => {
  festival = await openFestival({ dbChannelEnabled: true })
  owner = new pg.Client({ connectionString: festival.postgres.uri })
  owner.on('error', () => {})
  await owner.connect()
})
afterAll(async () => {
  await owner?.end()
  await festival?.close()
})

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 50 })

describe('changes of the schema', () => {
  test('are seen after a notification', async () => {
    await owner.query('CREATE TABLE fest.later (id integer); GRANT SELECT ON fest.later TO visitor')
    expect((await festival.ask('/later')).status).toBe(404)
    await owner.query(`NOTIFY pgrst, 'reload schema'`)
    await until(async () => expect((await festival.ask('/later')).status).toBe(200))
  })

  test('change the types of statements that were prepared', async () => {
    await owner.query(
      'CREATE TABLE fest.turning (id integer); INSERT INTO fest.turning VALUES (1); GRANT SELECT ON fest.turning TO visitor',
    )
    await festival.server.reloadSchema()
    expect((await festival.ask('/turning?id=eq.1')).json).toEqual([{ id: 1 }])
    await owner.query('ALTER TABLE fest.turning ALTER id TYPE text')
    await festival.server.reloadSchema()
    expect((await festival.ask('/turning?id=eq.1')).json).toEqual([{ id: '1' }])
  })

  test('and rights hold at once', async () => {
    await owner.query('REVOKE SELECT ON fest.flags FROM visitor')
    expect((await festival.ask('/flags')).status).toBe(401)
    await owner.query('GRANT SELECT ON fest.flags TO visitor')
    expect((await festival.ask('/flags')).status).toBe(200)
  })
})

describe('connections', () => {
  test('are opened again when the database ends them', async () => {
    expect((await festival.ask('/stages')).status).toBe(200)
    await owner.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'authenticator'`)
    await until(async () => expect((await festival.ask('/stages')).status).toBe(200))
  })

  test('lead to the first server that can be reached', async () => {
    const { host, port } = festival.postgres
    const name = `authenticator@127.0.0.1:1,${host}:${port}/postgres`
    const pairs = `host=127.0.0.1,${host} port=1,${port} user=authenticator dbname='postgres'`
    for (const dbUri of [`postgresql://${name}?target_session_attrs=read-write`, pairs]) {
      const server = await createServer({ ...festival.options, dbUri })
      expect((await askServer(server, '/stages')).status).toBe(200)
      await server.close()
    }
    const reading = {
      ...festival.options,
      dbStartTimeout: 0,
      dbUri: `postgresql://${name}?target_session_attrs=standby`,
    }
    await expect(createServer(reading)).rejects.toBeInstanceOf(ConnectionFailedError)
  })

  test('that take no writes any more are left for others', async () => {
    const server = await createServer({ ...festival.options, dbPool: 1 })
    const note = async () => (await askServer(server, 'POST /notes', { body: { title: 'x' } })).status
    try {
      expect(await note()).toBe(201)
      await owner.query('ALTER ROLE authenticator SET default_transaction_read_only = on')
      await owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'authenticator' AND application_name = 'rolecast'`,
      )
      await until(async () => expect(await note()).toBe(405))
      await owner.query('ALTER ROLE authenticator RESET default_transaction_read_only')
      await until(async () => expect(await note()).toBe(201))
    } finally {
      await owner.query('ALTER ROLE authenticator RESET default_transaction_read_only')
      await server.close()
    }
  })

  test('one who waits too long is told so', async () => {
    const server = await createServer({ ...festival.options, dbPool: 1, dbPoolAcquisitionTimeout: 0.1 })
    try {
      const slow = askServer(server, 'POST /rpc/slow', { body: { seconds: 0.6 } })
      await delay(50)
      expect(await askServer(server, '/stages')).toMatchObject({ status: 504, json: { code: 'PGRST003' } })
      expect((await slow).status).toBe(200)
      expect((await askServer(server, '/stages')).status).toBe(200)
    } finally {
      await server.close()
    }
  })

  test('work for nobody is cancelled', async () => {
    const port = await festival.server.listen(0, '127.0.0.1')
    const running = async () =>
      (
        await owner.query(
          `SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%slow%' AND pid <> pg_backend_pid()`,
        )
      ).rowCount
    const abort = new AbortController()
    const slow = fetch(`http://127.0.0.1:${port}/rpc/slow`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"seconds": 60}',
      signal: abort.signal,
    })
    slow.catch(() => {})
    await until(async () => expect(await running()).toBe(1))
    abort.abort()
    await until(async () => expect(await running()).toBe(0))
    expect((await festival.ask('/stages')).status).toBe(200)
  })

  test('many at once share the pool', async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => festival.ask(`/rpc/add?a=${n}&b=1`)))
    expect(answers.map(({ json }) => json)).toEqual(answers.map((_, n) => n + 1))
  })

  test('without prepared statements', async () => {
    const server = await createServer({ ...festival.options, dbPreparedStatements: false })
    try {
      expect((await askServer(server, '/acts?id=eq.1&select=id')).json).toEqual([{ id: 1 }])
      await askServer(server, '/acts?id=eq.1&select=id,stages(name)')
      const { rows } = await owner.query('SELECT count(*)::int AS n FROM pg_prepared_statements')
      expect(rows).toEqual([{ n: 0 }])
    } finally {
      await server.close()
    }
  })
})

describe('starting', () => {
  test('needs a database', async () => {
    const options = { ...festival.options, dbUri: 'postgresql://nobody@127.0.0.1:1/none', dbStartTimeout: 0 }
    await expect(createServer(options)).rejects.toBeInstanceOf(ConnectionFailedError)
  })

  test('a port that is taken is an error', async () => {
    const other = createNetServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    const server = await createServer(festival.options)
    try {
      await expect(server.listen(port, '127.0.0.1')).rejects.toMatchObject({ code: 'EADDRINUSE' })
    } finally {
      await server.close()
      other.close()
    }
  })

  test('a port that is shared, where Node can', async () => {
    const lines: string[] = []
    const options = {
      ...festival.options,
      serverReuseport: true,
      logLevel: 'warn' as const,
      log: (line: string) => lines.push(line),
    }
    const first = await createServer(options)
    const second = await createServer(options)
    try {
      const port = await first.listen(0, '127.0.0.1')
      const told = lines.some((line) => line.includes('server-reuseport needs'))
      const shared = await second.listen(port, '127.0.0.1').catch(({ code }) => code)
      // Either both answer, or it was said that they cannot.
      expect([told, shared]).toEqual(told ? [true, 'EADDRINUSE'] : [false, port])
      if (told) return
      await first.close()
      expect((await fetch(`http://127.0.0.1:${port}/stages?select=id`)).status).toBe(200)
    } finally {
      await first.close()
      await second.close()
    }
  })

  test('on a socket of the file system', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'rolecast-test-')), 'api.sock')
    const server = await createServer({ ...festival.options, serverUnixSocket: path })
    try {
      await server.listen()
      expect(await statusAt(path, '/stages')).toBe(200)
    } finally {
      await server.close()
    }
  })

  test('is ready while all connections are in use', async () => {
    const adminServerPort = await freePort()
    const adminServerHost = '127.0.0.1'
    const server = await createServer({ ...festival.options, adminServerPort, adminServerHost, dbPool: 1 })
    try {
      await server.listen(0, '127.0.0.1')
      const slow = [1, 2].map(() => askServer(server, 'POST /rpc/slow', { body: { seconds: 1 } }))
      await delay(100)
      const begun = Date.now()
      expect((await fetch(`http://127.0.0.1:${adminServerPort}/ready`)).status).toBe(200)
      expect(Date.now() - begun).toBeLessThan(800)
      await Promise.all(slow)
    } finally {
      await server.close()
    }
  })

  test('with the admin server on a socket of the file system', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'rolecast-test-')), 'admin.sock')
    const server = await createServer({ ...festival.options, adminServerUnixSocket: path })
    try {
      await server.listen(0, '127.0.0.1')
      expect(await statusAt(path, '/ready')).toBe(200)
    } finally {
      await server.close()
    }
  })

  test('the log has statements where that is configured, and never their values', async () => {
    const lines: string[] = []
    const log = (line: string) => lines.push(line)
    for (const logLevel of ['info', 'warn'] as const) {
      const server = await createServer({ ...festival.options, logQuery: true, logLevel, log })
      lines.length = 0
      await askServer(server, '/stages?name=eq.secret')
      expect(lines.filter((line) => line.includes('"stages"'))).toHaveLength(logLevel === 'info' ? 1 : 0)
      await askServer(server, '/stages?id=eq.secret')
      expect(lines.filter((line) => line.includes('"stages"'))).toHaveLength(logLevel === 'info' ? 2 : 1)
      expect(lines.join()).not.toContain('secret')
      await server.close()
    }
  })

  test('an admin server tells how it is', async () => {
    const adminServerPort = await freePort()
    const server = await createServer({ ...festival.options, adminServerPort, adminServerHost: '127.0.0.1' })
    const admin = (path: string) => fetch(`http://127.0.0.1:${adminServerPort}${path}`)
    try {
      await server.listen(0, '127.0.0.1')
      expect((await admin('/live')).status).toBe(200)
      expect((await admin('/ready')).status).toBe(200)
      for (const _ of [1, 2]) expect((await askServer(server, '/managers', { as: 'crew' })).status).toBe(200)
      const metrics = (await (await admin('/metrics')).text()).split('\n')
      expect(metrics).toEqual(
        expect.arrayContaining([
          'pgrst_db_pool_max 10',
          'pgrst_db_pool_timeouts_total 0',
          'pgrst_schema_cache_loads_total{status="SUCCESS"} 1',
          'pgrst_schema_cache_loads_total{status="FAIL"} 0',
          'pgrst_jwt_cache_requests_total 2',
          'pgrst_jwt_cache_hits_total 1',
        ]),
      )
      const cache = (await (await admin('/schema_cache')).json()) as { dbTables: { name: string }[] }
      expect(cache.dbTables.map(({ name }) => name)).toEqual(expect.arrayContaining(['stages', 'acts']))
      expect((await admin('/stages')).status).toBe(404)
    } finally {
      await server.close()
    }
  })
})

function statusAt(socketPath: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .on('error', reject)
      .end()
  })
}
