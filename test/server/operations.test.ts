import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer, type Server, type ServerOptions } from '@rolecast/server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort } from '../free-port.js'
import { askServer, type Festival, openFestival, tokenOf } from './festival.js'

let festival: Festival
beforeAll(async () => {
  festival = await openFestival()
})
afterAll(async () => festival?.close())

interface Running extends AsyncDisposable {
  readonly server: Server
  readonly log: string[]
  get(path: string, headers?: Record<string, string>): Promise<Response>
  admin(path: string): Promise<Response>
}

async function running(options: ServerOptions): Promise<Running> {
  const log: string[] = []
  const adminServerPort = await freePort()
  const where = { serverHost: '127.0.0.1', adminServerHost: '127.0.0.1', adminServerPort }
  const server = await createServer({ ...festival.options, ...where, log: (line) => log.push(line), ...options })
  const port = await server.listen(0, '127.0.0.1')
  return {
    server,
    log,
    get: (path, headers = {}) => fetch(`http://127.0.0.1:${port}${path}`, { headers }),
    admin: (path) => fetch(`http://127.0.0.1:${adminServerPort}${path}`),
    [Symbol.asyncDispose]: () => server.close(),
  }
}

describe('log-format = json', () => {
  test('one object a request, with who, how long and why', async () => {
    await using place = await running({ logFormat: 'json', logLevel: 'info', serverTrustedProxies: 1 })
    const token = await tokenOf({ role: 'crew' })
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
    await place.get('/stages?select=id&name=eq.hidden', {
      Authorization: `Bearer ${token}`,
      Cookie: 'session=hidden',
      'X-Request-Id': 'my-id',
      'X-Forwarded-For': '10.9.9.9, 203.0.113.7',
      traceparent: `00-${trace}-00f067aa0ba902b7-01`,
    })
    await place.get(`/nowhere/${token}?password=hidden`)
    const lines = await vi.waitFor(() => {
      const requests = place.log.map((line) => JSON.parse(line)).filter(({ path }) => path !== undefined)
      expect(requests).toHaveLength(2)
      return requests
    })
    expect(lines[0]).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      method: 'GET',
      path: '/stages',
      status: 200,
      id: 'my-id',
      trace,
      role: 'crew',
      bytes: 2,
      ms: expect.any(Number),
      address: '203.0.113.7',
      msg: 'request',
    })
    expect(lines[1]).toMatchObject({ level: 'warn', status: 404, role: 'visitor', cause: expect.any(String) })
    expect(lines[1].id).toMatch(/^\d+-1$/)
    const all = place.log.join('\n')
    expect(all).not.toContain('hidden')
    expect(all).not.toContain(token.slice(0, 20))
  })

  test('messages are objects, too; text stays the default', async () => {
    await using place = await running({ logFormat: 'json' })
    await place.server.reloadSchema()
    expect(place.log.map((line) => JSON.parse(line)).at(-1)).toMatchObject({
      level: 'error',
      msg: 'The schema has been reloaded.',
    })
    await using plain = await running({ logLevel: 'info' })
    await plain.get('/stages?select=id')
    await vi.waitFor(() => expect(plain.log.at(-1)).toMatch(/^\d{4}-\S+Z GET \/stages 200$/))
  })
})

describe('server-rate-limit', () => {
  test('answers 429 with when to come again, by address before tokens and by role after', async () => {
    await using place = await running({
      serverRateLimit: [
        { by: 'address', claim: null, requests: 3, seconds: 86_400, burst: 3 },
        { by: 'role', claim: null, requests: 2, seconds: 86_400, burst: 2 },
      ],
    })
    const first = await place.get('/stages?select=id')
    expect(first.status).toBe(200)
    expect(first.headers.get('RateLimit-Policy')).toBe('"role";q=2;w=86400')
    expect(first.headers.get('RateLimit')).toBe('"role";r=1;t=0')
    await place.get('/stages?select=id', { Authorization: 'Bearer bad' }) // counts for the address alone
    expect((await place.get('/stages?select=id')).status).toBe(200)
    const last = await place.get('/stages?select=id')
    expect(last.status).toBe(429)
    expect(last.headers.get('RateLimit-Policy')).toBe('"address";q=3;w=86400')
    expect(Number(last.headers.get('Retry-After'))).toBeGreaterThan(28_000)
    expect(await last.json()).toMatchObject({ code: 'RCAST429', message: 'Too many requests' })
    const metrics = await (await place.admin('/metrics')).text()
    expect(metrics).toContain('rolecast_http_rate_limited_total{by="address"} 1')
    expect(metrics).toContain('rolecast_http_relation_requests_total{method="GET",relation="stages",status="429"} 1')
  })
})

describe('what SQL and pg_stat_activity see', () => {
  test('claims as settings, under each prefix, and nothing of the request before', async () => {
    await using place = await running({ dbClaimSettings: ['jwt.claims', 'request.jwt.claim'] })
    const claims = { role: 'crew', user_id: 7, tags: ['a'], none: null, 'not-a-name': 'x', "x', true) --": 'y' }
    const headers = { Authorization: `Bearer ${await tokenOf(claims)}` }
    const see = async (name: string, options = {}) =>
      (await askServer(place.server, `/rpc/setting?name=${encodeURIComponent(name)}`, options)).json
    expect(await see('jwt.claims.user_id', { headers })).toBe('7')
    expect(await see('request.jwt.claim.user_id', { headers })).toBe('7')
    expect(await see('jwt.claims.role', { headers })).toBe('crew')
    expect(await see('jwt.claims.tags', { headers })).toBe('["a"]')
    expect(await see('jwt.claims.none', { headers })).toBe('')
    expect(['', null]).toContain(await see('jwt.claims.user_id'))
    expect(await see('jwt.claims.role')).toBe('visitor')
  })

  test('who asked, by application_name', async () => {
    await using place = await running({ dbApplicationName: 'api {role} {user} {id} {trace} {method} {path}' })
    const headers = {
      Authorization: `Bearer ${await tokenOf({ role: 'crew', sub: 'ann\u00e9\n' })}`,
      'X-Request-Id': 'r-1',
      traceparent: '00-4bf9-00f0-01',
    }
    const see = (options = {}) => askServer(place.server, '/rpc/setting?name=application_name', options)
    expect((await see({ headers })).json).toBe('api crew ann?? r-1 4bf9 GET /rpc/setting')
    expect((await see({ headers: { 'X-Request-Id': 'x'.repeat(200) } })).json).toHaveLength(63)
  })

  test.each([
    [{ dbApplicationName: '{rol}' }, 'dbApplicationName: expected a text in which'],
    [{ dbClaimSettings: ['request.jwt'] }, 'dbClaimSettings: expected prefixes other than'],
    [{ dbClaimSettings: ['role'] }, 'dbClaimSettings: expected prefixes of two words'],
  ])('%j is refused', async (options, message) => {
    await expect(createServer({ ...festival.options, ...options })).rejects.toThrow(message)
  })
})

test('the admin server tells the configuration, and no secret', async () => {
  const dbUri = String(festival.options.dbUri).replace('authenticator@', 'authenticator:hidden1@')
  const appSettings = [['app.settings.key', 'hidden2']] as const
  await using place = await running({ dbUri, appSettings, jwtDeniedIds: ['hidden3'], dbMaxRows: 7 })
  const text = await (await place.admin('/config')).text()
  expect(text).toContain('db-max-rows = 7\n')
  expect(text).toContain('db-schemas = "fest, archive"\n')
  expect(text).toContain('jwt-secret = "[redacted]"\n')
  expect(text).toContain('jwt-denied-ids = "[redacted]"\n')
  expect(text).toContain('app.settings.key = "[redacted]"\n')
  expect(text).toMatch(/^db-uri = "postgresql:\/\/authenticator@/m)
  expect(text).not.toMatch(/hidden|festival has a secret/)
})

test('dashboard and alerts name metrics that there are', async () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const keys = JSON.stringify({ keys: [publicKey.export({ format: 'jwk' })] })
  const provider = createHttpServer((_, response) => response.end(keys)).listen(0, '127.0.0.1')
  await once(provider, 'listening')
  try {
    await using place = await running({
      jwtSecret: `http://127.0.0.1:${(provider.address() as AddressInfo).port}/`,
      dbChannelEnabled: true,
      serverRateLimit: [{ by: 'role', claim: null, requests: 1, seconds: 60, burst: 1 }],
    })
    await place.get('/stages')
    const metrics = await (await place.admin('/metrics')).text()
    const printed = new Set([...metrics.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name))
    const folder = new URL('../../docs/deploy/', import.meta.url)
    const alerts = readFileSync(new URL('alerts.yml', folder), 'utf8')
    const dashboard = readFileSync(new URL('grafana-dashboard.json', folder), 'utf8')
    JSON.parse(dashboard)
    const named = `${alerts}${dashboard}`.matchAll(/\b((?:pgrst|rolecast|process)_\w+?)(?:_bucket|_sum|_count)?\b/g)
    const names = [...new Set([...named].map(([, name]) => name))]
    expect(names.length).toBeGreaterThan(20)
    expect(names.filter((name) => !printed.has(name))).toEqual([])
  } finally {
    provider.closeAllConnections()
    provider.close()
  }
})
