import { once } from 'node:events'
import type { Server } from 'node:http'
import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { HttpHandler, HttpSettings } from './answer.js'
import { createHttpServer, type HttpLimits, portOf } from './listen.js'
import { closeServer } from './sockets.js'

const servers: Server[] = []
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await Promise.all(servers.splice(0).map((server) => closeServer(server, 0)))
})

const limits: HttpLimits = {
  maximumUrl: 1_000,
  maximumConnections: 100,
  headersTimeoutMilliseconds: 5_000,
  requestTimeoutMilliseconds: 10_000,
  bodyPeriodMilliseconds: 100,
}
const usual: HttpSettings = {
  maximumBody: 1_000_000,
  maximumBodies: 1_000_000,
  minimumRate: 0,
  responseTimeoutMilliseconds: 0,
  verbosity: 'verbose',
  proxies: null,
}

/** A server that answers how many bytes it was sent; a token is good when it is `good`. */
async function open(settings: Partial<HttpSettings> = {}, others: Partial<HttpLimits> = {}) {
  const onRefused = vi.fn<HttpHandler['onRefused']>()
  const onDropped = vi.fn()
  const http = createHttpServer(
    {
      admit: ({ headers: { authorization } }) => ({
        refusal: authorization === 'bad' ? { status: 401, headers: [], body: '{"code":"PGRST301"}' } : null,
        isKnown: authorization === 'good',
      }),
      handle: async ({ body }) => ({ status: 200, headers: [], body: `got ${body.length}` }),
      onHandled: () => {},
      onCut: () => {},
      onRefused,
      onDropped,
    },
    () => ({ ...usual, ...settings }),
    { ...limits, ...others },
  )
  http.server.listen(0, '127.0.0.1')
  await once(http.server, 'listening')
  servers.push(http.server)
  return { ...http, onRefused, onDropped, port: portOf(http.server) }
}

interface Client {
  readonly socket: Socket
  readonly received: () => string
  readonly ended: Promise<string>
}

function client(port: number, text: string | Buffer = ''): Client {
  const socket = connect(port, '127.0.0.1')
  sockets.push(socket)
  let received = ''
  socket.on('error', () => {})
  socket.setEncoding('latin1').on('data', (chunk) => {
    received += chunk
  })
  socket.write(text)
  return {
    socket,
    received: () => received,
    ended: new Promise((resolve) => socket.on('close', () => resolve(received))),
  }
}

const post = (length: number, ...headers: string[]) =>
  `${['POST /a HTTP/1.1', 'Host: a', `Content-Length: ${length}`, ...headers].join('\r\n')}\r\n\r\n`
const bytes = (length: number) => Buffer.alloc(length, 'x')

describe('bodies', () => {
  test('arrive as they were sent, however they are cut', async () => {
    const { port, bodyBytes } = await open()
    const { socket, received } = client(port, post(300_000))
    for (let sent = 0; sent < 300_000; sent += 50_000) {
      socket.write(bytes(50_000))
      await delay(5)
    }
    await vi.waitFor(() => expect(received()).toContain('got 300000'))
    await vi.waitFor(() => expect(bodyBytes()).toBe(0))
    const chunked = client(port, 'POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n')
    chunked.socket.write(`${'1\r\nx\r\n'.repeat(2_000)}0\r\n\r\n`)
    await vi.waitFor(() => expect(chunked.received()).toContain('got 2000'))
  })

  test('take no more memory than all of them may, and anonymous ones half of that', async () => {
    const { port, bodyBytes, onRefused } = await open({ maximumBody: 300_000 })
    const anonymous = Array.from({ length: 10 }, () => client(port, post(300_000)))
    for (const { socket } of anonymous) socket.write(bytes(200_000))
    await vi.waitFor(() => expect(onRefused).toHaveBeenCalled())
    await delay(100)
    expect(bodyBytes()).toBeLessThanOrEqual(500_000)
    const refused = await Promise.race(anonymous.map(({ ended }) => ended))
    expect(refused).toMatch(/^HTTP\/1\.1 503 [\s\S]*Retry-After[\s\S]*Too many bodies/)
    const known = client(port, `${post(100_000, 'Authorization: good')}`)
    known.socket.write(bytes(100_000))
    await vi.waitFor(() => expect(known.received()).toContain('got 100000'))
    for (const { socket } of anonymous) socket.destroy()
    await vi.waitFor(() => expect(bodyBytes()).toBe(0))
  })

  test('in many small chunks take no more memory than their bytes', async () => {
    const { port, bodyBytes } = await open({ maximumBody: 100_000 })
    const { socket } = client(port, 'POST /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n')
    socket.write('1\r\nx\r\n'.repeat(50_000))
    await vi.waitFor(() => expect(bodyBytes()).toBeGreaterThan(50_000))
    expect(bodyBytes()).toBeLessThanOrEqual(100_000)
  })

  test('are not read when their length is too much, or the token is bad', async () => {
    const { port, bodyBytes } = await open({ maximumBody: 1_000 })
    for (const [text, status] of [
      [post(1_001), 413],
      [post(900, 'Authorization: bad'), 401],
      [post(900, 'Authorization: bad', 'Expect: 100-continue'), 401],
    ] as const) {
      const { received, ended, socket } = client(port, text)
      await vi.waitFor(() => expect(received()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `)))
      expect(bodyBytes()).toBe(0)
      socket.write(bytes(900)) // what still comes is forgotten
      expect(await ended).not.toContain('got')
    }
  })

  test('that are welcome are asked for', async () => {
    const { port } = await open()
    const { socket, received } = client(port, post(3, 'Expect: 100-continue'))
    await vi.waitFor(() => expect(received()).toBe('HTTP/1.1 100 Continue\r\n\r\n'))
    socket.write('abc')
    await vi.waitFor(() => expect(received()).toContain('got 3'))
  })

  test('that stop arriving are refused long before the request has to be there', async () => {
    const { port, bodyBytes, onRefused } = await open({ minimumRate: 1_000 })
    const slow = client(port, post(900_000))
    slow.socket.write(bytes(400_000)) // however much came at first
    const steady = client(port, post(30_000))
    const timer = setInterval(() => steady.socket.write(bytes(1_000)), 20)
    try {
      expect(await slow.ended).toMatch(/^HTTP\/1\.1 408 [\s\S]*arrives too slowly/)
      expect(onRefused).toHaveBeenCalledWith(expect.objectContaining({ status: 408 }), 'POST', '/a')
      await vi.waitFor(() => expect(steady.received()).toContain('got 30000'), { timeout: 3_000 })
    } finally {
      clearInterval(timer)
    }
    await vi.waitFor(() => expect(bodyBytes()).toBe(0))
  })

  test('of clients that leave are forgotten, and counted as 499', async () => {
    const { port, bodyBytes, onRefused } = await open()
    const { socket } = client(port, post(900_000))
    socket.write(bytes(400_000))
    await vi.waitFor(() => expect(bodyBytes()).toBeGreaterThan(0))
    socket.destroy()
    await vi.waitFor(() =>
      expect(onRefused).toHaveBeenCalledWith(expect.objectContaining({ status: 499 }), 'POST', '/a'),
    )
    expect(bodyBytes()).toBe(0)
  })
})

describe('connections', () => {
  test('that were opened in advance do not hold up the end', async () => {
    const { port, server, closeUnused, connections } = await open()
    const unused = client(port)
    await vi.waitFor(() => expect(connections()).toBe(1))
    const begun = Date.now()
    await closeServer(server, 5_000, closeUnused)
    expect(Date.now() - begun).toBeLessThan(2_000)
    expect(await unused.ended).toBe('')
  })

  test('that idle make room for new ones, and no more are taken than there may be', async () => {
    const { port, connections, onDropped } = await open({}, { maximumConnections: 3 })
    const idle = Array.from({ length: 3 }, () => client(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'))
    await vi.waitFor(() => expect(idle.filter(({ received }) => received() !== '').length).toBeGreaterThan(1))
    const next = client(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    await Promise.race([...idle.map(({ ended }) => ended), next.ended])
    const silent = Array.from({ length: 6 }, () => client(port, 'GET / HTTP/1.1\r\nHost: a\r\n'))
    await Promise.race(silent.map(({ ended }) => ended))
    const served = client(port, 'GET / HTTP/1.1\r\nHost: a\r\n\r\n')
    await vi.waitFor(() => expect(served.received()).toContain('got 0'))
    for (const { socket } of silent) socket.destroy()
    for (let n = 0; n < 4; n += 1) {
      client(port, post(10))
      await delay(50)
    }
    await vi.waitFor(() => expect(onDropped).toHaveBeenCalled())
    expect(connections()).toBeLessThanOrEqual(3)
  })
})

test.each([
  ['GET /a\r\n\r\n', 400],
  ['GET /a HTTP/0.9\r\nHost: a\r\n\r\n', 400],
  ['GET /a HTTP/2.0\r\nHost: a\r\n\r\n', 505],
])('%j is refused with %i, and the connection ends', async (text, status) => {
  const { port, onRefused } = await open()
  expect(await client(port, text).ended).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  expect(onRefused).toHaveBeenCalledTimes(1)
})
