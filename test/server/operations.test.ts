import { createServer, type Server, type ServerOptions } from '@rolecast/server'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { freePort } from '../free-port.js'
import { type Festival, openFestival, tokenOf } from './festival.js'

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
