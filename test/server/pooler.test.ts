import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type ServerOptions } from '@rolecast/server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort } from '../free-port.js'
import { type Answer, askServer, type Festival, openFestival } from './festival.js'

const isHere = spawnSync('pgbouncer', ['--version']).status === 0
if (!isHere) console.log('Skipped: pgbouncer is not installed.')

interface Bouncer {
  readonly uri: string
  close(): Promise<void>
}

/** PgBouncer before the festival's PostgreSQL: two sessions for all, lent by the transaction. */
async function openBouncer(festival: Festival): Promise<Bouncer> {
  const folder = await mkdtemp(join(tmpdir(), 'rolecast-bouncer-'))
  const port = await freePort()
  const { host, port: postgresPort } = festival.postgres
  const settings = [
    ...['[databases]', `* = host=${host} port=${postgresPort}`],
    ...['[pgbouncer]', 'listen_addr = 127.0.0.1', `listen_port = ${port}`, 'unix_socket_dir ='],
    ...['auth_type = trust', `auth_file = ${join(folder, 'users')}`],
    ...['pool_mode = transaction', 'default_pool_size = 2'],
  ]
  await writeFile(join(folder, 'users'), '"authenticator" ""\n')
  await writeFile(join(folder, 'bouncer.ini'), `${settings.join('\n')}\n`)
  spawnSync('chmod', ['-R', 'a+rX', folder])
  const user = process.getuid?.() === 0 ? ['-u', 'nobody'] : []
  const bouncer: ChildProcess = spawn('pgbouncer', ['-q', ...user, join(folder, 'bouncer.ini')], { stdio: 'ignore' })
  const ended = once(bouncer, 'exit')
  await vi.waitFor(() => reach(port), { timeout: 10_000 })
  return {
    uri: festival.postgres.uriOf({ user: 'authenticator' }).replace(`${host}:${postgresPort}`, `127.0.0.1:${port}`),
    close: async () => {
      bouncer.kill()
      await ended
      await rm(folder, { recursive: true })
    },
  }
}

async function reach(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.destroy()
}

describe.runIf(isHere)('behind a pooler that lends sessions by the transaction', () => {
  let festival: Festival
  let bouncer: Bouncer
  beforeAll(async () => {
    festival = await openFestival()
    bouncer = await openBouncer(festival)
  })
  afterAll(async () => {
    await bouncer?.close()
    await festival?.close()
  })

  /** Asks much at once, until a line is logged if one is waited for: which session a request gets is the pooler's matter. */
  async function ask(options: ServerOptions, waitsForLine: boolean): Promise<{ answers: Answer[]; lines: string[] }> {
    const lines: string[] = []
    const server = await createServer({
      ...festival.options,
      dbUri: bouncer.uri,
      logLevel: 'warn',
      log: (line) => lines.push(line),
      ...options,
    })
    try {
      const paths = [
        '/stages?id=eq.1',
        '/acts?select=id,stages(name)',
        '/stages?select=name&order=name',
        '/acts?limit=2',
      ]
      const requests = Array.from({ length: 40 }, (_, index) => paths[index % paths.length] as string)
      const answers = []
      for (let round = 0; round < 3 || (waitsForLine && lines.length === 0 && round < 100); round++) {
        answers.push(...(await Promise.all(requests.map((path) => askServer(server, path)))))
      }
      return { answers, lines }
    } finally {
      await server.close()
    }
  }

  test('every request is answered as without one, and the log says what to configure', async () => {
    const { answers, lines } = await ask({}, true)
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    const direct = await Promise.all(
      ['/stages?id=eq.1', '/acts?select=id,stages(name)'].map((path) => festival.ask(path)),
    )
    expect(answers.slice(0, 2).map(({ json }) => json)).toEqual(direct.map(({ json }) => json))
    expect(lines.filter((line) => line.includes('db-prepared-statements=false'))).toHaveLength(1)
  })

  test('nothing is said where it is configured', async () => {
    const { answers, lines } = await ask({ dbPreparedStatements: false }, false)
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect(lines).toEqual([])
  })
})
