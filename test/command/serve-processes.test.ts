import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { freePort } from '../free-port.js'
import { makeProject, type Project, schemaSql } from './project.js'
import { command } from './run-command.js'

let project: Project
let postgres: EmbeddedPostgres
beforeAll(async () => {
  project = await makeProject({ 'schema.sql': schemaSql })
  postgres = await startPostgres({ sql: [join(project.folder, 'schema.sql')] })
})
afterAll(async () => {
  await postgres.stop()
  await project[Symbol.asyncDispose]()
})

const until = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 20_000, interval: 20 })

async function serve(lines: readonly string[], ...args: string[]) {
  const uri = postgres.uriOf({ user: 'authenticator', password: 'authenticator' })
  const port = await freePort()
  const usual = [`db-uri = "${uri}"`, 'db-schemas = "api"', 'db-anon-role = "anon"', 'server-host = "127.0.0.1"']
  const file = await project.write(
    `serve-${port}.conf`,
    `${[...usual, `server-port = ${port}`, ...lines].join('\n')}\n`,
  )
  const child = spawn(process.execPath, [command, 'serve', file, ...args], { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  return { child, port, said: () => said }
}

async function end(child: ChildProcess): Promise<unknown[]> {
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  return ended
}

function ask(socketPath: string, path: string): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, agent: false }, async (response) => {
      let text = ''
      for await (const chunk of response) text += String(chunk)
      resolve({ status: response.statusCode, text })
    })
    asked.on('error', reject).end()
  })
}

const childrenOf = (pid: number | undefined) => {
  const path = `/proc/${pid}/task/${pid}/children`
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split(' ').filter(Boolean).map(Number) : []
}

test.runIf(process.platform === 'linux')(
  'processes share sockets of the file system, are replaced however young they are, and tell their metrics together',
  { timeout: 60_000 },
  async () => {
    const [api, admin] = [join(project.folder, 'api.sock'), join(project.folder, 'admin.sock')]
    const lines = [`server-unix-socket = "${api}"`, `admin-server-unix-socket = "${admin}"`]
    const { child, said } = await serve(lines, '--processes', '2')
    try {
      await until(() => expect(childrenOf(child.pid)).toHaveLength(2))
      process.kill(childrenOf(child.pid)[0] ?? 0, 'SIGKILL')
      await until(() => expect(said()).toContain('was ended by SIGKILL; it is started again in 0.1 s'))
      await until(() => expect(said().match(/listening on/g)).toHaveLength(2))
      for (let n = 0; n < 20; n += 1) expect((await ask(api, '/products?select=id')).status).toBe(200)
      expect((await ask(admin, '/live')).status).toBe(200)
      for (let n = 0; n < 4; n += 1) {
        const { text } = await ask(admin, '/metrics')
        expect(text).toContain('rolecast_http_requests_total{status="200"} 20\n')
        expect(text).toContain('pgrst_db_pool_max 20\n')
      }
      expect(await end(child)).toEqual([0, null])
      expect([existsSync(api), existsSync(admin)]).toEqual([false, false])
    } finally {
      child.kill('SIGKILL')
    }
  },
)

test.runIf(process.platform === 'linux')(
  'a process that dies while the database is away is replaced',
  { timeout: 60_000 },
  async () => {
    const away = `db-uri = "postgresql://authenticator:authenticator@127.0.0.1:${await freePort()}/postgres"`
    const { child, said } = await serve([away], '--processes', '2')
    try {
      await until(() => expect(said().match(/Waiting for it/g)).toHaveLength(2))
      process.kill(childrenOf(child.pid)[0] ?? 0, 'SIGKILL')
      await until(() => expect(said().match(/Waiting for it/g)).toHaveLength(3))
      expect(childrenOf(child.pid)).toHaveLength(2)
      expect(await end(child)).toEqual([0, null])
    } finally {
      child.kill('SIGKILL')
    }
  },
)

test('SIGUSR1 and SIGUSR2 before the server listens open no debugger and end nothing', async () => {
  const adminPort = await freePort()
  const away = `db-uri = "postgresql://a@127.0.0.1:${await freePort()}/a"`
  const { child, said } = await serve([away, `admin-server-port = ${adminPort}`])
  try {
    await until(() => expect(said()).toContain('Waiting for it'))
    for (const signal of ['SIGUSR1', 'SIGUSR2', 'SIGUSR1'] as const) child.kill(signal)
    await delay(300)
    expect((await fetch(`http://127.0.0.1:${adminPort}/live`, { headers: { connection: 'close' } })).status).toBe(200)
    expect(said()).not.toMatch(/debugger/i)
    expect(await end(child)).toEqual([0, null])
  } finally {
    child.kill('SIGKILL')
  }
})
