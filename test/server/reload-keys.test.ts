import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer, type Server } from '@rolecast/server'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '../free-port.js'
import { type Answer, type AskOptions, askServer, type Festival, openFestival, secret } from './festival.js'
import { type Place, probes, type Values } from './reload-keys.probes.js'

/** The table of keys of the manual, which the server's own table writes. */
const manual = readFileSync(new URL('../../docs/server.md', import.meta.url), 'utf8')
const rows = [...manual.matchAll(/^\| `([a-z][\w-]*)`[^|]*\|[^|]*\|[^|]*\| (by reload|at start)/gm)]
const reloadable = rows.flatMap(([, key = '', changes]) => (changes === 'by reload' ? [key] : []))
const fixed = rows.flatMap(([, key = '', changes]) => (changes === 'at start' ? [key] : []))

const folder = mkdtempSync(join(tmpdir(), 'rolecast-reload-keys-'))
const configFile = join(folder, 'postgrest.conf')
const usual: Values = {
  'db-schemas': 'fest',
  'db-anon-role': 'visitor',
  'db-extra-search-path': '',
  'db-config': false,
  'db-channel-enabled': false,
  'jwt-secret': secret,
  'server-port': 0,
}

let festival: Festival
let owner: pg.Client
let server: Server
let port: number
let adminServerPort: number
const log: string[] = []

beforeAll(async () => {
  festival = await openFestival()
  owner = new pg.Client({ connectionString: festival.postgres.uri })
  await owner.connect()
  await owner.query(`
    ALTER ROLE authenticator SET pgrst.db_max_rows = '1';
    ALTER ROLE authenticator SET pgrst.db_tx_end = 'rollback';
    CREATE ROLE boss BYPASSRLS;
    GRANT boss TO authenticator;
    GRANT USAGE ON SCHEMA fest TO boss;
    GRANT SELECT ON fest.stages TO boss;
    CREATE SCHEMA settings;
    GRANT USAGE ON SCHEMA settings TO authenticator;
    CREATE FUNCTION settings.pre_config() RETURNS void LANGUAGE sql
      AS $$ SELECT set_config('pgrst.client_error_verbosity', 'minimal', true) $$;
    CREATE FUNCTION fest.prepared() RETURNS boolean LANGUAGE sql STABLE
      AS $$ SELECT EXISTS (SELECT FROM pg_prepared_statements WHERE name LIKE 'rolecast%') $$;
    CREATE FUNCTION fest.leave() RETURNS void LANGUAGE sql VOLATILE
      AS $$ SELECT set_config('my.residue', 'left', false) $$;
    CREATE FUNCTION fest.long() RETURNS text LANGUAGE sql STABLE AS $$ SELECT repeat('x', 20000000) $$;
    CREATE FUNCTION fest.own_root() RETURNS json LANGUAGE sql STABLE AS $$ SELECT '{"own": true}'::json $$`)
  adminServerPort = await freePort()
  configure({})
  server = await createServer({
    configFile,
    dbUri: festival.postgres.uriOf({ user: 'authenticator' }),
    adminServerHost: '127.0.0.1',
    adminServerPort,
    serverBodyRatePeriod: 1,
    log: (line) => log.push(line),
  })
  port = await server.listen(0, '127.0.0.1')
})
afterAll(async () => {
  await server?.close()
  await owner?.end()
  await festival?.close()
  rmSync(folder, { recursive: true, force: true })
})

function configure(values: Values): void {
  const lines = Object.entries({ ...usual, ...values }).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
  writeFileSync(configFile, lines.join(''))
}

async function reload(values: Values): Promise<void> {
  configure(values)
  log.length = 0
  await server.reloadConfig()
}

async function askSocket(request: string, { headers = {}, body }: AskOptions = {}): Promise<Answer> {
  const [method = 'GET', path = ''] = request.startsWith('/') ? ['GET', request] : request.split(/ (.*)/s)
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {}
  return { status: response.status, statusText: response.statusText, headers: response.headers, text, json }
}

const common: Omit<Place, 'ask'> = {
  log,
  query: async (text) => (await owner.query(text)).rows,
  metric: async (name) => {
    const text = await (await fetch(`http://127.0.0.1:${adminServerPort}/metrics`)).text()
    return Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1],
    )
  },
  whileUnread: async (bytes, look) => {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.pause().write(bytes)
    try {
      for (;;) {
        const answer = await look()
        if (answer !== null) return answer
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    } finally {
      socket.destroy()
    }
  },
  exchange: async (bytes, milliseconds) => {
    const socket = connect(port, '127.0.0.1').on('error', () => {})
    socket.write(bytes)
    const timer = setTimeout(() => socket.destroy(), milliseconds)
    const answer = once(socket, 'data').then(([chunk]) => String(chunk))
    const closed = once(socket, 'close').then(() => null)
    try {
      return await Promise.race([answer, closed])
    } finally {
      clearTimeout(timer)
      socket.destroy()
    }
  },
}
const places: readonly (readonly [name: string, place: Place])[] = [
  ['fetch', { ...common, ask: (request, options) => askServer(server, request, options) }],
  ['a socket', { ...common, ask: askSocket }],
]

test('every key that a reload changes is looked at', () => {
  expect(rows.length).toBeGreaterThan(60)
  expect(Object.keys(probes).sort()).toEqual([...reloadable, 'app.settings.*'].sort())
})

describe.each(Object.entries(probes))('%s', (_, { values, base = {}, see, before, after, socketOnly = false }) => {
  test.each(places.filter(([name]) => !socketOnly || name === 'a socket'))(
    'is seen by %s after a reload',
    async (_, place) => {
      await reload(base)
      expect(await see(place)).toEqual(before)
      await reload({ ...base, ...values })
      expect(await see(place)).toEqual(after)
    },
  )
})

describe('what a reload does not change', () => {
  const camel = (key: string) => key.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
  const others: Values = {
    'admin-server-host': '127.0.0.2',
    'admin-server-port': 4_999,
    'admin-server-unix-socket': '/tmp/rolecast-not-there-1',
    'admin-server-unix-socket-mode': '600',
    'db-pool': 3,
    'db-pool-acquisition-timeout': 33,
    'db-pool-max-idletime': 33,
    'db-pool-max-lifetime': 33,
    'db-start-timeout': 33,
    'db-tx-end': 'rollback',
    'db-uri': 'postgresql://somebody@127.0.0.1:1/else',
    'log-format': 'json',
    'openapi-server-proxy-uri': 'https://example.com/api',
    'server-body-rate-period': 33,
    'server-cors-allowed-origins': 'https://example.com',
    'server-drain-timeout': 33,
    'server-headers-timeout': 33,
    'server-host': '127.0.0.2',
    'server-max-connections': 33,
    'server-max-url-length': 333,
    'server-metrics-relations': 3,
    'server-port': 4_998,
    'server-request-timeout': 333,
    'server-reuseport': true,
    'server-trusted-proxies': 3,
    'server-unix-socket': '/tmp/rolecast-not-there-2',
    'server-unix-socket-mode': '600',
  }

  test('every such key is looked at', () => {
    expect(Object.keys(others).sort()).toEqual([...fixed].sort())
  })

  test('stays as it was', async () => {
    await reload({})
    const before = { ...server.config } as unknown as Record<string, unknown>
    await reload(others)
    const now = server.config as unknown as Record<string, unknown>
    for (const key of fixed) expect([key, now[camel(key)]]).toEqual([key, before[camel(key)]])
    const answer = await askServer(server, '/stages', { headers: { Origin: 'https://other.example' } })
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  })

  test('db-tx-end is not taken from the database, either', async () => {
    await reload({ 'db-config': true })
    expect(server.config).toMatchObject({ dbTxEnd: 'commit', dbMaxRows: 1 })
  })
})
