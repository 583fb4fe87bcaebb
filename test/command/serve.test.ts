import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort } from '../free-port.js'
import { makeProject, type Project, schemaSql } from './project.js'
import { command, rolecast, rolecastHere } from './run-command.js'

let project: Project
let postgres: EmbeddedPostgres
beforeAll(async () => {
  const slow = `CREATE FUNCTION api.slow() RETURNS void LANGUAGE sql AS 'SELECT pg_advisory_xact_lock(1)'`
  project = await makeProject({ 'schema.sql': schemaSql + slow })
  postgres = await startPostgres({ sql: [join(project.folder, 'schema.sql')] })
})
afterAll(async () => {
  await postgres.stop()
  await project[Symbol.asyncDispose]()
})

async function config(port: number): Promise<string> {
  const uri = postgres.uriOf({ user: 'authenticator', password: 'authenticator' })
  const lines = [`db-uri = "${uri}"`, 'db-schemas = "api"', 'db-anon-role = "anon"', 'server-host = "127.0.0.1"']
  return project.write(`postgrest-${port}.conf`, `${lines.join('\n')}\nserver-port = ${port}\n`)
}

async function untilListening(server: ChildProcessWithoutNullStreams): Promise<void> {
  for await (const chunk of server.stderr) if (String(chunk).includes('listening on')) return
  throw new Error('the server ended instead of starting')
}

describe('rolecast serve', () => {
  test.each([1, 2])('answers as PostgREST does, in %i process(es), and ends with 0 on SIGTERM', async (processes) => {
    const port = await freePort()
    const server = spawn(process.execPath, [command, 'serve', await config(port), '--processes', String(processes)])
    await untilListening(server)
    const url = `http://127.0.0.1:${port}/products?select=id,name&order=id&limit=1`
    const response = await fetch(url, { headers: { connection: 'close' } })
    expect(await response.json()).toEqual([{ id: 1, name: 'lamp' }])
    const refused = await fetch(`http://127.0.0.1:${port}/products?select=cost`, { headers: { connection: 'close' } })
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([401, '42501'])
    server.kill('SIGTERM')
    expect((await once(server, 'exit'))[0]).toBe(0)
  })

  test('says which port is taken', async () => {
    const occupied = createServer().listen(0, '127.0.0.1')
    await once(occupied, 'listening')
    const address = occupied.address()
    const port = address !== null && typeof address === 'object' ? address.port : 0
    const { code, stderr } = await rolecast(['serve', await config(port)], project.folder)
    occupied.close()
    expect(code).toBe(2)
    expect(stderr).toMatch(new RegExp(`Cannot listen on 127.0.0.1:${port}`))
  })

  test.each([1, 2])('ends with 3 when the database refuses, in %i process(es)', async (processes) => {
    await project.write(
      'refused.conf',
      `db-uri = "${postgres.uriOf({ password: 'secret-word' })}"\ndb-schemas = "api"\n`,
    )
    const args = ['serve', join(project.folder, 'refused.conf'), '--processes', String(processes)]
    const { code, stderr } = await rolecast(args, project.folder)
    expect(code).toBe(3)
    expect(stderr).toContain('the password is wrong')
    expect(stderr).not.toContain('secret-word')
  })

  test('ends with 3 for a PostgreSQL that is too old', async () => {
    const owner = new pg.Client({ connectionString: postgres.uri })
    await owner.connect()
    await owner.query(`CREATE SCHEMA old; CREATE FUNCTION old.current_setting(name text) RETURNS text LANGUAGE sql
      AS $$ SELECT CASE name WHEN 'server_version_num' THEN '130023' ELSE '13.23' END $$`)
    await owner.end()
    const uri = `${postgres.uri}?options=-c%20search_path%3Dold,pg_catalog`
    await project.write('old.conf', `db-uri = "${uri}"\ndb-schemas = "api"\ndb-config = false\n`)
    const { code, stderr } = await rolecast(['serve', 'old.conf'], project.folder)
    expect(stderr).toMatch(/PostgreSQL 13\.23 is not supported; 14 or later is required\.\n$/)
    expect(code).toBe(3)
  })

  test('ends with 2 for a configuration that cannot be used', async () => {
    await project.write('bad.conf', 'db-pool = "many"\n')
    const { code, stderr } = await rolecast(['serve', 'bad.conf'], project.folder)
    expect(code).toBe(2)
    expect(stderr).toMatch(/db-pool/)
  })

  test.each([
    [
      'a URL over plain http',
      'http://login.example.com/realms/shop/protocol/openid-connect/certs',
      'jwt-secret: the value is a URL',
    ],
    ['a key set that is cut off', '{"keys":[{"kty":"RSA","alg":"RS256","n":"sXchDaQebHnPiGvy', 'looks like JSON'],
    ['published', 'reallyreallyreallyreallyverysafe', 'is published in manuals'],
  ])('ends with 2 for a secret that is %s', async (_, secret, message) => {
    // The database is not there: what is wrong with the key is told first.
    const lines = [
      'db-start-timeout = 0',
      'db-uri = "postgresql://nobody@127.0.0.1:1/none"',
      `jwt-secret = ${JSON.stringify(secret)}`,
    ]
    await project.write('secret.conf', `${lines.join('\n')}\n`)
    const { code, stderr } = await rolecast(['serve', 'secret.conf'], project.folder)
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
    expect(stderr).not.toContain(secret)
    if (!message.includes('published')) return
    const allowed = await rolecast(['serve', 'secret.conf', '--allow-insecure-secret'], project.folder)
    expect(allowed.code).toBe(3)
  })

  test('a second signal does not cut off the requests under way', async () => {
    const port = await freePort()
    const server = spawn(process.execPath, [command, 'serve', await config(port)])
    await untilListening(server)
    const holder = new pg.Client({ connectionString: postgres.uri })
    await holder.connect()
    await holder.query('SELECT pg_advisory_lock(1)')
    const answer = fetch(`http://127.0.0.1:${port}/rpc/slow`, { headers: { connection: 'close' } })
    const waiting = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    while ((await holder.query(waiting)).rowCount === 0) await delay(5)
    const ended = once(server, 'exit')
    server.kill('SIGINT')
    const again = () => fetch(`http://127.0.0.1:${port}/products`, { headers: { connection: 'close' } })
    await vi.waitFor(() => expect(again()).rejects.toThrow(), { timeout: 10_000, interval: 20 }) // it has heard
    server.kill('SIGINT')
    await holder.end()
    expect((await answer).status).toBe(204)
    expect(await ended).toEqual([0, null])
  })

  test.runIf(existsSync('/dev/full'))('serves on when its log cannot be written', async () => {
    const port = await freePort()
    await using full = await open('/dev/full', 'w')
    const args = [command, 'serve', await config(port)]
    const server = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', full.fd] })
    const ended = once(server, 'exit')
    const answer = () => fetch(`http://127.0.0.1:${port}/products?select=name`, { headers: { connection: 'close' } })
    const answered = await vi.waitFor(answer, { timeout: 10_000, interval: 50 })
    expect(answered.status).toBe(200)
    server.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
  })

  test('says the socket that it listens on', async () => {
    const socket = join(project.folder, 'api.sock')
    const file = await config(await freePort())
    const settings = `${await readFile(file, 'utf8')}server-unix-socket = "${socket}"\n`
    const server = spawn(process.execPath, [command, 'serve', await project.write('socket.conf', settings)])
    let said = ''
    for await (const chunk of server.stderr) {
      said += String(chunk)
      if (said.includes('listening on')) break
    }
    expect(said).toContain(`rolecast: listening on ${socket}\n`)
    expect(said).toMatch(
      /PostgreSQL 18[\s\S]*database "postgres" at [\s\S]*schemas api[\s\S]*pool of 10[\s\S]*limits: 10 MiB/,
    )
    expect(said).not.toContain('authenticator:authenticator')
    server.kill('SIGTERM')
    await once(server, 'exit')
  })
})

test('ends with 3 when the URL of jwt-secret gives no keys', async () => {
  const text = await readFile(await config(await freePort()), 'utf8')
  const file = await project.write('keys.conf', `${text}jwt-secret = "http://127.0.0.1:1/jwks"\n`)
  const { code, stderr } = await rolecast(['serve', file], project.folder)
  expect([code, stderr]).toEqual([3, expect.stringContaining('http://127.0.0.1:1/jwks cannot be reached: ')])
})

test('tells what was asked, and serves nothing', async () => {
  const file = await config(await freePort())
  const run = (...args: string[]) => rolecastHere(['serve', ...args], project.folder)
  const example = await run('--example')
  expect(example.code).toBe(0)
  expect(example.stdout).toContain('\n# db-max-rows =\n')
  expect(example.stdout).toContain('\n# db-pool = 10\n')

  const dump = await run(file, '--dump-config')
  expect(dump.code).toBe(0)
  expect(dump.stdout).toContain('db-anon-role = "anon"\n')
  expect(dump.stdout).not.toContain('authenticator:authenticator')

  const schema = await run(file, '--dump-schema')
  expect(Object.keys(JSON.parse(schema.stdout))).not.toHaveLength(0)

  const strange = await project.write('strange.conf', `${await readFile(file, 'utf8')}db-max-row = 3\n`)
  const strict = await run(strange, '--strict-config')
  expect(strict.code).toBe(2)
  expect(strict.stderr).toContain('there is no key db-max-row; did you mean db-max-rows?')

  expect(await run(file, '--ready')).toMatchObject({ code: 2, stderr: expect.stringContaining('admin-server-port') })
  const admin = await freePort()
  const withAdmin = await project.write('admin.conf', `${await readFile(file, 'utf8')}admin-server-port = ${admin}\n`)
  expect(await run(withAdmin, '--ready')).toMatchObject({ code: 1, stderr: expect.stringContaining('ECONNREFUSED') })
  const server = spawn(process.execPath, [command, 'serve', withAdmin])
  await untilListening(server)
  expect(await run(withAdmin, '--ready')).toMatchObject({ code: 0, stderr: expect.stringContaining('ready') })
  server.kill('SIGTERM')
  await once(server, 'exit')
})
