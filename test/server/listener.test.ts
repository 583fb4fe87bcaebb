import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer } from '@rolecast/server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort } from '../free-port.js'
import { askServer, type Festival, openFestival } from './festival.js'

let festival: Festival
let owner: pg.Client
beforeAll(async () => {
  festival = await openFestival({ dbConfig: true, dbChannelEnabled: true })
  owner = new pg.Client({ connectionString: festival.postgres.uri })
  await owner.connect()
})
afterAll(async () => {
  await owner?.end()
  await festival?.close()
})

const until = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 20 })
const loadsAt = async (port: number) => {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return Number(/loads_total\{status="SUCCESS"\} (\d+)/.exec(metrics)?.[1])
}

describe('notifications', () => {
  test('many at once are few loads, and the last is not lost', async () => {
    const adminServerPort = await freePort()
    const server = await createServer({ ...festival.options, adminServerPort, adminServerHost: '127.0.0.1' })
    try {
      await server.listen(0, '127.0.0.1')
      await owner.query('CREATE TABLE fest.stormy (id integer); GRANT SELECT ON fest.stormy TO visitor')
      for (let n = 0; n < 100; n += 1) await owner.query(`NOTIFY pgrst, 'reload schema'`)
      await until(async () => expect((await askServer(server, '/stormy')).status).toBe(200))
      const loads = await loadsAt(adminServerPort)
      expect(loads).toBeLessThan(30) // one by one, they would be a hundred
    } finally {
      await server.close()
    }
  })

  test('are heard again after the connection was lost, and what was missed is read', async () => {
    await owner.query('CREATE TABLE fest.missed (id integer); GRANT SELECT ON fest.missed TO visitor')
    await owner.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rolecast listener'`,
    )
    await until(async () => expect((await festival.ask('/missed')).status).toBe(200))
    await owner.query('CREATE TABLE fest.noticed (id integer); GRANT SELECT ON fest.noticed TO visitor')
    await until(async () => {
      await owner.query(`NOTIFY pgrst`)
      expect((await festival.ask('/noticed')).status).toBe(200)
    })
  })

  test('of the configuration bring what roles have set', async () => {
    const timeout = async () => (await festival.ask('/rpc/setting?name=statement_timeout', { as: 'crew' })).json
    const before = await timeout()
    await owner.query(`ALTER ROLE crew SET statement_timeout = '77s'`)
    expect(await timeout()).toBe(before)
    await owner.query(`NOTIFY pgrst, 'reload config'`)
    await until(async () => expect(await timeout()).toBe('77s'))
  })
})

test('the schema is read with what the database says of the configuration', async () => {
  const server = await createServer({ ...festival.options, dbConfig: true })
  try {
    expect((await askServer(server, '/acts')).json).not.toHaveLength(1)
    await owner.query('ALTER ROLE authenticator SET pgrst.db_max_rows = 1')
    await server.reloadSchema()
    expect((await askServer(server, '/acts')).json).toHaveLength(1)
  } finally {
    await owner.query('ALTER ROLE authenticator RESET pgrst.db_max_rows')
    await server.close()
  }
})

test('the channel can be taken and left while the server runs', async () => {
  const configFile = join(await mkdtemp(join(tmpdir(), 'rolecast-test-')), 'server.conf')
  const say = (enabled: boolean) => writeFile(configFile, `db-channel-enabled = ${enabled}\n`)
  await say(false)
  const { dbChannelEnabled: _, ...options } = festival.options
  const server = await createServer({ ...options, configFile })
  const listeners = async () =>
    (await owner.query(`SELECT FROM pg_stat_activity WHERE application_name = 'rolecast listener'`)).rowCount ?? 0
  try {
    const before = await listeners()
    await say(true)
    await server.reloadConfig()
    expect(await listeners()).toBe(before + 1)
    await say(false)
    await server.reloadConfig()
    await until(async () => expect(await listeners()).toBe(before))
  } finally {
    await server.close()
  }
})

test.each([
  ['dbSchemas', ['fest', 'nowhere']],
  ['dbExtraSearchPath', ['nowhere']],
])('%s that are not there are an error', async (key, names) => {
  await expect(createServer({ ...festival.options, [key]: names })).rejects.toThrow('schema "nowhere" does not exist')
})
