import { type ChildProcess, spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer as createNetServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startPostgres } from '@rolecast/embedded'
import { createServer, type Server } from '@rolecast/server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort } from '../free-port.js'
import { openTap } from './tap.js'
import { openTarget, type Target } from './target.js'
import { bytesOf, exchange } from './wire.js'

let target: Target
let owner: pg.Client
const strays: unknown[] = []
const stray = (error: unknown) => strays.push(error instanceof Error ? error.stack : error)
beforeAll(async () => {
  process.on('uncaughtExceptionMonitor', stray)
  process.on('unhandledRejection', stray)
  target = await openTarget({ dbPool: 4 })
  owner = new pg.Client({ connectionString: target.postgres.uri })
  owner.on('error', () => {})
  await owner.connect()
})
afterAll(async () => {
  await owner?.end()
  await target?.close()
  process.off('uncaughtExceptionMonitor', stray)
  process.off('unhandledRejection', stray)
})

const item = { target: '/items?select=id&id=eq.1' }
const slow = (seconds: number) => bytesOf({ method: 'POST', target: '/rpc/slow', body: JSON.stringify({ seconds }) })
const until = (check: () => Promise<void> | void, timeout: number) => vi.waitFor(check, { timeout, interval: 10 })

async function busy(): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM pg_stat_activity WHERE usename = 'gate' AND state <> 'idle'`,
  )
  return rows[0]?.n ?? 0
}

/** Asks without a pause until told to stop, and counts the answers. */
function underLoad(server: Server, clients: number) {
  const answers = new Map<string, number>()
  const wrong: string[] = []
  let stopped = false
  const one = async () => {
    for (let index = 1; !stopped; index = (index % 3) + 1) {
      const response = await server.fetch(new Request(`http://a/items?select=id&id=eq.${index}`))
      const text = await response.text()
      const code = response.status === 200 ? '200' : `${response.status} ${(JSON.parse(text) as { code: string }).code}`
      answers.set(code, (answers.get(code) ?? 0) + 1)
      if (response.status === 200 && text !== `[{"id":${index}}]`) wrong.push(text)
      if (response.status !== 200) await delay(5)
    }
  }
  const running = Promise.all(Array.from({ length: clients }, one))
  return {
    answers,
    wrong,
    async stop() {
      stopped = true
      await running
    },
  }
}

describe('F1: the database restarts under load', () => {
  test('requests in between are told so, and none is answered wrongly', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'rolecast-restart-'))
    await chmod(dataDir, 0o755)
    const first = await startPostgres({ authentication: 'trust', dataDir: join(dataDir, 'data') })
    const admin = new pg.Client({ connectionString: first.uri })
    await admin.connect()
    await admin.query(`CREATE ROLE visitor; CREATE ROLE gate LOGIN NOINHERIT; GRANT visitor TO gate; CREATE SCHEMA api;
      CREATE TABLE api.items AS SELECT generate_series(1, 3) AS id; GRANT USAGE ON SCHEMA api TO visitor;
      GRANT SELECT ON api.items TO visitor`)
    await admin.end()
    const server = await createServer({
      ...target.options,
      dbUri: first.uriOf({ user: 'gate' }),
      dbPool: 4,
      dbChannelEnabled: true,
    })
    const load = underLoad(server, 16)
    try {
      await delay(100)
      await first.stop()
      await until(() => expect([...load.answers.keys()].some((code) => code.startsWith('503'))).toBe(true), 3_000)
      const second = await startPostgres({
        authentication: 'trust',
        dataDir: join(dataDir, 'data'),
        port: first.port,
      })
      try {
        const before = load.answers.get('200') ?? 0
        await until(() => expect(load.answers.get('200') ?? 0).toBeGreaterThan(before), 10_000)
        await delay(100)
      } finally {
        await load.stop()
        await server.close()
        await second.stop()
      }
    } finally {
      await load.stop()
      await rm(dataDir, { recursive: true, force: true })
    }
    expect(load.wrong).toEqual([])
    const known = ['200', '503 57P01', '503 57P03', '503 PGRST000', '503 PGRST001', '503 08006']
    expect([...load.answers.keys()].filter((code) => !known.includes(code))).toEqual([])
  })
})

describe('F2: the database is not there', () => {
  test('a server that is told not to wait says so at once', async () => {
    const options = { ...target.options, dbUri: 'postgresql://gate@127.0.0.1:1/none', dbStartTimeout: 0 }
    await expect(createServer(options)).rejects.toThrow('The database cannot be reached.')
  })

  test('one that waits serves once it has come', async () => {
    const port = await freePort()
    const dbUri = `postgresql://gate@127.0.0.1:${port}/postgres`
    const starting = createServer({ ...target.options, dbUri, dbStartTimeout: 20 })
    await delay(1_000)
    const sql = [fileURLToPath(new URL('./target.sql', import.meta.url))]
    const late = await startPostgres({ authentication: 'trust', port, sql })
    const server = await starting
    try {
      expect((await server.fetch(new Request('http://a/items?id=eq.1'))).status).toBe(200)
    } finally {
      await server.close()
      await late.stop()
    }
  })

  test('one that is not PostgreSQL is no end of the process', async () => {
    const other = createNetServer((socket) => {
      socket.on('error', () => {})
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    const options = { ...target.options, dbUri: `postgresql://gate@127.0.0.1:${port}/none`, dbStartTimeout: 0 }
    await expect(createServer(options)).rejects.toThrow()
    other.close()
  })
})

describe('F11: more requests than connections', () => {
  test('wait, and are told when it is too long; what needs no connection is answered', async () => {
    const server = await createServer({ ...target.options, dbPool: 1, dbPoolAcquisitionTimeout: 1 })
    const port = await server.listen(0, '127.0.0.1')
    try {
      const occupied = exchange(port, slow(1.3))
      await delay(50)
      const waiting = Array.from({ length: 20 }, () => exchange(port, bytesOf(item)))
      const without: readonly (readonly [Parameters<typeof bytesOf>[0], number])[] = [
        [{ target: '/items', headers: [['Authorization', 'Bearer bad']] }, 401],
        [{ target: '/items?id=noop.1' }, 400],
        [{ method: 'TRACE', target: '/items' }, 405],
        [{ method: 'OPTIONS', target: '/items' }, 200],
        [{ target: '/items?limit=-1' }, 416],
        [{ target: '/items', headers: [['Accept-Profile', 'private']] }, 406],
      ]
      for (const [sent, status] of without) {
        const reply = await exchange(port, bytesOf(sent))
        expect(reply.status).toBe(status)
      }
      for (const reply of await Promise.all(waiting)) {
        expect(reply).toMatchObject({ status: 504, json: { code: 'PGRST003' } })
      }
      expect((await occupied).status).toBe(200)
      expect((await exchange(port, bytesOf(item))).json).toEqual([{ id: 1 }])
    } finally {
      await server.close()
    }
  })
})

describe('F13: the client leaves', () => {
  test('its query ends long before its 30 s, and the next on the connection is not hit', async () => {
    for (let round = 0; round < 5; round++) {
      const socket = connect(target.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write(slow(30))
      await until(async () => expect(await busy()).toBe(1), 10_000)
      socket.destroy()
      await until(async () => expect(await busy()).toBe(0), 10_000)
      const next = await Promise.all(Array.from({ length: 8 }, () => target.ask(item)))
      expect(next.map(({ status }) => status)).toEqual(next.map(() => 200))
    }
  })

  test('many who leave at once', async () => {
    const sockets = Array.from({ length: 30 }, () => {
      const socket = connect(target.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write(slow(30))
      return socket
    })
    await until(async () => expect(await busy()).toBe(4), 10_000)
    for (const socket of sockets) socket.destroy()
    await until(async () => expect(await busy()).toBe(0), 10_000)
    expect((await target.ask(item)).status).toBe(200)
  })

  test('a write is undone as a whole', async () => {
    const socket = connect(target.port, '127.0.0.1')
    socket.on('error', () => {})
    socket.write(bytesOf({ method: 'POST', target: '/rpc/write_slowly', body: '{"seconds":30}' }))
    await until(async () => expect(await busy()).toBe(1), 10_000)
    socket.destroy()
    await until(async () => expect(await busy()).toBe(0), 10_000)
    const { rows } = await owner.query(`SELECT count(*)::int AS n FROM api.notes WHERE title = 'slowly'`)
    expect(rows).toEqual([{ n: 0 }])
  })
})

describe('F14: the end', () => {
  test('requests under way are answered, new ones are not taken', async () => {
    const server = await createServer(target.options)
    const port = await server.listen(0, '127.0.0.1')
    const kept = connect(port, '127.0.0.1')
    kept.on('error', () => {})
    let received = ''
    kept.setEncoding('latin1').on('data', (chunk) => {
      received += chunk
    })
    const keptClosed = new Promise((resolve) => kept.once('close', resolve))
    kept.write('GET /items?select=id&id=eq.1 HTTP/1.1\r\nHost: a\r\n\r\n')
    await until(() => expect(received).toContain('[{"id":1}]'), 10_000)
    const body = '{"seconds":0.4}'
    kept.write(
      `POST /rpc/slow HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    )
    const underWay = exchange(port, slow(0.4))
    await delay(100)
    await server.close()
    expect((await underWay).status).toBe(200)
    await keptClosed
    expect(received.match(/HTTP\/1\.1 200/g)).toHaveLength(2)
    await expect(refused(port)).resolves.toBe(true)
  })

  test('those that take too long are cancelled', async () => {
    const server = await createServer({ ...target.options, serverDrainTimeout: 1 })
    const port = await server.listen(0, '127.0.0.1')
    const endless = exchange(port, slow(30), { patience: 20_000 })
    await until(async () => expect(await busy()).toBe(1), 10_000)
    await server.close()
    expect((await endless).status).toBe(0)
    await until(async () => expect(await busy()).toBe(0), 10_000)
  })
})

describe('F18: connections that break', () => {
  test('backends killed at random, for two seconds', async () => {
    const load = underLoad(target.server, 12)
    const end = performance.now() + 2_000
    while (performance.now() < end) {
      await owner.query(
        `SELECT pg_terminate_backend(pid) FROM (SELECT pid FROM pg_stat_activity WHERE usename = 'gate'
          ORDER BY random() LIMIT 2) AS unlucky`,
      )
      await delay(40)
    }
    await load.stop()
    expect(load.wrong).toEqual([])
    const known = ['200', '503 57P01', '503 PGRST000', '503 PGRST001']
    expect([...load.answers.keys()].filter((code) => !known.includes(code))).toEqual([])
    expect(load.answers.get('200')).toBeGreaterThan(100)
    expect((await target.ask(item)).status).toBe(200)
  })

  test('sockets reset while idle and while in use', async () => {
    const tap = await openTap(target.postgres.port)
    const dbUri = `postgresql://gate@127.0.0.1:${tap.port}/postgres`
    const server = await createServer({ ...target.options, dbUri, dbChannelEnabled: true })
    try {
      for (let round = 0; round < 5; round++) {
        await server.fetch(new Request('http://a/items'))
        const cut = server.fetch(
          new Request('http://a/rpc/slow', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: '{"seconds":5}',
          }),
        )
        await delay(50)
        tap.cut()
        const response = await cut
        expect(response.status).toBe(503)
        expect(response.headers.get('retry-after')).toBe('1')
        expect(await response.json()).toMatchObject({ code: 'PGRST001' })
        expect((await server.fetch(new Request('http://a/items'))).status).toBe(200)
      }
    } finally {
      await server.close()
      await tap.close()
    }
  })

  test('one that ends itself', async () => {
    const reply = await target.ask({ method: 'POST', target: '/rpc/suicide', body: '{}' })
    expect([403, 503]).toContain(reply.status)
    expect((await target.ask(item)).status).toBe(200)
  })

  test('sessions ended while they idle, also where the server has not heard of it yet', async () => {
    const uri = `${target.options.dbUri}?options=${encodeURIComponent('-c idle_session_timeout=100')}`
    const server = await createServer({ ...target.options, dbUri: uri })
    try {
      const hold = new Int32Array(new SharedArrayBuffer(4))
      for (let round = 0; round < 3; round++) {
        expect((await server.fetch(new Request('http://a/items'))).status).toBe(200)
        await delay(200)
        expect((await server.fetch(new Request('http://a/items'))).status).toBe(200)
        Atomics.wait(hold, 0, 0, 200) // nothing is read from sockets meanwhile
      }
    } finally {
      await server.close()
    }
  })
})

test('the command ends with 0 after SIGTERM, and its requests are answered', async () => {
  const port = await freePort()
  const command = startCommand({
    PGRST_DB_URI: target.postgres.uriOf({ user: 'gate' }),
    PGRST_DB_SCHEMAS: 'api',
    PGRST_DB_ANON_ROLE: 'visitor',
    PGRST_SERVER_PORT: String(port),
    PGRST_SERVER_HOST: '127.0.0.1',
  })
  try {
    await until(async () => expect((await exchange(port, bytesOf(item))).status).toBe(200), 15_000)
    const underWay = exchange(port, slow(0.5))
    await delay(150)
    const exited = new Promise((resolve) => command.once('exit', resolve))
    command.kill('SIGTERM')
    expect((await underWay).status).toBe(200)
    expect(await exited).toBe(0)
  } finally {
    command.kill('SIGKILL')
  }
})

test('nothing of all this was thrown past the server', () => {
  expect(strays).toEqual([])
})

function startCommand(env: Record<string, string>): ChildProcess {
  const command = fileURLToPath(new URL('../../generator/bin/rolecast.js', import.meta.url))
  return spawn(process.execPath, [command, 'serve'], { env: { ...process.env, ...env }, stdio: 'ignore' })
}

function refused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(false))
    socket.on('error', () => resolve(true))
  })
}
