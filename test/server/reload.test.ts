import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type Server } from '@rolecast/server'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { freePort } from '../free-port.js'
import { askServer, type Festival, openFestival, secret } from './festival.js'

const folder = mkdtempSync(join(tmpdir(), 'rolecast-reload-'))
const file = join(folder, 'postgrest.conf')
const good: Readonly<Record<string, string>> = {
  'db-schemas': 'fest',
  'db-anon-role': 'visitor',
  'db-extra-search-path': '',
  'jwt-secret': secret,
}

let festival: Festival
let owner: pg.Client
let server: Server
let adminPort: number
const log: string[] = []

beforeAll(async () => {
  festival = await openFestival()
  owner = new pg.Client({ connectionString: festival.postgres.uri })
  await owner.connect()
  adminPort = await freePort()
  configure({})
  server = await createServer({
    configFile: file,
    dbUri: festival.postgres.uriOf({ user: 'authenticator' }),
    dbChannelEnabled: false,
    adminServerHost: '127.0.0.1',
    adminServerPort: adminPort,
    log: (line) => log.push(line),
  })
  await server.listen(0, '127.0.0.1')
})
afterAll(async () => {
  await server?.close()
  await owner?.end()
  await festival?.close()
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  configure({})
  await server.reloadConfig()
  log.length = 0
})

function configure(changes: Readonly<Record<string, string>>): void {
  const lines = Object.entries({ ...good, ...changes }).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
  writeFileSync(file, lines.join(''))
}

const admin = async (path: string) => {
  const response = await fetch(`http://127.0.0.1:${adminPort}${path}`)
  return { status: response.status, text: await response.text() }
}
const publicTable = async () => (await askServer(server, '/stages')).status
const withToken = async () => (await askServer(server, '/managers', { as: 'crew' })).status
const until = (check: () => Promise<void> | void) => vi.waitFor(check, { timeout: 15_000, interval: 50 })

describe('a reload replaces nothing good by something broken', () => {
  test.each([
    [
      'a key set that is cut off',
      { 'jwt-secret': `{"keys":[{"kty":"oct","k":"${'A'.repeat(43)}"` },
      /jwt-secret.*JSON/,
    ],
    ['a URL without TLS', { 'jwt-secret': 'http://login.example.com/realms/shop/certs' }, /jwt-secret.*https/],
    ['a URL that cannot be reached', { 'jwt-secret': 'https://127.0.0.1:1/certs' }, /jwt-secret.*127\.0\.0\.1:1/],
    ['a key set that is none', { 'jwt-secret': '{"keys":{}}' }, /jwt-secret/],
    ['a secret that is too short', { 'jwt-secret': 'short' }, /jwt-secret/],
    ['a schema that is not there', { 'db-schemas': 'nope' }, /schema "nope" does not exist/],
    ['a search path that is not there', { 'db-extra-search-path': 'nope' }, /schema "nope" does not exist/],
    ['a value of another type', { 'db-max-rows': 'many' }, /db-max-rows/],
    ['a path that cannot be read', { 'jwt-role-claim-key': '.[' }, /jwt-role-claim-key/],
    ['a file that is not there', { 'jwt-secret': '@/no/such/file' }, /\/no\/such\/file/],
    ['a function that is not there', { 'db-pre-config': 'fest.no_such_function' }, /db-pre-config/],
  ])('%s', async (_, changes, message) => {
    configure(changes)
    await expect(server.reloadConfig()).rejects.toThrow(message)
    expect([await publicTable(), await withToken()]).toEqual([200, 200])
    expect(log.filter((line) => /could not be reloaded/.test(line))).toEqual([expect.stringMatching(message)])
    const { status, text } = await admin('/ready')
    expect([status, text]).toEqual([503, expect.stringMatching(message)])
    expect((await admin('/live')).status).toBe(200)
    expect((await admin('/metrics')).text).toContain('rolecast_reload_failing{what="configuration"} 1\n')
    // It is tried again by itself.
    configure({})
    await until(async () => expect((await admin('/ready')).status).toBe(200))
    expect(log.at(-1)).toContain('The configuration has been reloaded.')
    expect((await admin('/metrics')).text).toContain('rolecast_reload_failing{what="configuration"} 0\n')
  })

  test('a schema that is gone for a while', async () => {
    await owner.query('ALTER SCHEMA fest RENAME TO elsewhere')
    try {
      await expect(server.reloadSchema()).rejects.toThrow(/schema "fest" does not exist/)
      expect((await admin('/ready')).status).toBe(503)
      expect(log.join('\n')).toMatch(/The schema could not be reloaded: .*"fest"/)
    } finally {
      await owner.query('ALTER SCHEMA elsewhere RENAME TO fest')
    }
    await until(async () => expect((await admin('/ready')).status).toBe(200))
    expect(await publicTable()).toBe(200)
    expect(log.join('\n')).toContain('The schema has been reloaded.')
  })

  test('the configuration and a schema that it names change together', async () => {
    configure({ 'db-schemas': 'archive' })
    expect((await askServer(server, '/acts')).status).toBe(200)
    await server.reloadConfig()
    expect((await askServer(server, '/acts')).status).toBe(404)
    expect((await askServer(server, '/stages')).json).toEqual([{ id: 9, name: 'Old oak' }])
  })

  test('a secret is never in the log, in /ready or in metrics', async () => {
    const hidden = 'hunter2-and-some'
    configure({ 'jwt-secret': hidden })
    await expect(server.reloadConfig()).rejects.toThrow(expect.not.stringContaining(hidden))
    expect([log.join(), (await admin('/ready')).text, (await admin('/metrics')).text].join()).not.toContain(hidden)
  })
})

test('reloads asked for at once do not undo each other', async () => {
  await owner.query('CREATE TABLE fest.at_once (id integer); GRANT SELECT ON fest.at_once TO visitor')
  configure({ 'db-max-rows': '1' })
  await Promise.all([server.reloadConfig(), server.reloadSchema(), server.reloadConfig(), server.reloadSchema()])
  expect((await askServer(server, '/at_once')).status).toBe(200)
  expect(server.config.dbMaxRows).toBe(1)
})
