import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readKeyFolder } from '../../generator/src/keys/key-folder.js'
import { signingKey } from '../../generator/src/keys/key-set.js'
import { mintToken } from '../../generator/src/token/mint-token.js'
import { freePort } from '../free-port.js'
import { makeProject, type Project, schemaSql } from './project.js'
import { command, rolecastHere } from './run-command.js'

let project: Project
let postgres: EmbeddedPostgres
let server: ChildProcess
let port: number
let log = ''
const folder = () => join(project.folder, 'keys')

beforeAll(async () => {
  project = await makeProject({ 'schema.sql': schemaSql })
  postgres = await startPostgres({ sql: [join(project.folder, 'schema.sql')] })
  await run('keys', 'generate', '--alg', 'HS256', '--out', folder())
  port = await freePort()
  const uri = postgres.uriOf({ user: 'authenticator', password: 'authenticator' })
  const file = await project.write(
    'postgrest.conf',
    `db-uri = "${uri}"\ndb-schemas = "api"\nserver-host = "127.0.0.1"\nserver-port = ${port}\n` +
      `jwt-secret = "@${join(folder(), 'verify.json')}"\n`,
  )
  server = spawn(process.execPath, [command, 'serve', file], { stdio: ['ignore', 'ignore', 'pipe'] })
  server.stderr?.on('data', (chunk) => {
    log += chunk
  })
  await said('listening on')
})
afterAll(async () => {
  server?.kill('SIGTERM')
  if (server?.exitCode === null) await once(server, 'exit')
  await postgres?.stop()
  await project?.[Symbol.asyncDispose]()
})

async function run(...args: readonly string[]): Promise<void> {
  const { code, stderr } = await rolecastHere(args, project.folder)
  expect([code, stderr.includes('cannot')]).toEqual([0, false])
}

async function said(text: string): Promise<void> {
  for (let waited = 0; !log.includes(text); waited += 20) {
    if (waited > 20_000) throw new Error(`the server never said "${text}":\n${log}`)
    await delay(20)
  }
}

async function reload(): Promise<void> {
  log = ''
  server.kill('SIGUSR2')
  await said('The configuration has been reloaded')
}

/** A token as an application would sign it now. */
async function newToken(): Promise<string> {
  const content = { role: 'app_user', lifetime: 600, claims: { nonce: Math.random() } }
  return mintToken(signingKey(await readKeyFolder(folder())), content, Date.now() / 1000)
}

async function statusWith(token: string): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/products?select=id`, {
    headers: { authorization: `Bearer ${token}` },
  })
  await response.arrayBuffer()
  return response.status
}

test('keys are rotated under load: no request fails, and a retired key is refused at once', async () => {
  const statuses = new Map<number, number>()
  let sessions = await Promise.all(Array.from({ length: 20 }, newToken))
  const before = sessions
  const phases: number[] = []
  let ended = false
  const load = Array.from({ length: 4 }, async (_, worker) => {
    for (let n = worker; !ended; n++) {
      const token = n % 2 === 0 ? (sessions[n % sessions.length] ?? '') : await newToken()
      const status = await statusWith(token)
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
    }
  })
  const settle = async () => {
    await delay(500)
    phases.push([...statuses.values()].reduce((sum, n) => sum + n, 0))
  }
  const [old] = (await readKeyFolder(folder())).keys
  await settle()
  await run('keys', 'add', '--keys', folder(), '--alg', 'ES256')
  await settle()
  await reload()
  await settle()
  await run('keys', 'promote', '--keys', folder())
  await settle()
  // As long as old tokens last, sessions get new ones.
  sessions = await Promise.all(sessions.map(newToken))
  await settle()
  await run('keys', 'retire', '--keys', folder(), old?.kid ?? '')
  await settle()
  expect(await statusWith(before[0] ?? '')).toBe(200) // until the reload
  await reload()
  expect(await Promise.all(before.map(statusWith))).toEqual(before.map(() => 401))
  await settle()
  ended = true
  await Promise.all(load)
  expect([...statuses.keys()]).toEqual([200])
  // Requests were answered in each phase.
  expect(phases.every((total, at) => total > (phases[at - 1] ?? 0))).toBe(true)
  expect(signingKey(await readKeyFolder(folder())).alg).toBe('ES256')
}, 60_000)
