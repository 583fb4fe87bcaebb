import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { createServer } from '@rolecast/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectSafe } from './attack.js'
import { httpAttacks } from './http.cases.js'
import { openTarget, type Target, tokenOf } from './target.js'
import { bytesOf, exchange, headerOf } from './wire.js'

let target: Target
beforeAll(async () => {
  target = await openTarget({
    logLevel: 'info',
    serverTraceHeader: 'x-trace',
    serverCorsAllowedOrigins: ['https://shop.example'],
    serverHeadersTimeout: 1,
    serverRequestTimeout: 2,
  })
})
afterAll(() => target?.close())

test('every kind of attack has its row, or a test below', () => {
  const numbers = new Set([...httpAttacks.map(({ number }) => number), 57, 65])
  expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 14 }, (_, index) => 54 + index))
})

test.each(httpAttacks)('D$number: $title', (attack) => expectSafe(target, attack))

describe.concurrent('D57: slow clients', () => {
  const slow = (bytes: Buffer) => exchange(target.port, bytes, { patience: 20_000, drip: 100 })

  test('headers, byte by byte', async () => {
    const reply = await slow(bytesOf({ target: `/items?name=eq.${'x'.repeat(200)}` }))
    expect(reply.status).toBe(408)
    expect(reply.json).toMatchObject({ code: expect.any(String) })
  })

  test('a body that does not come', async () => {
    const reply = await exchange(
      target.port,
      'POST /notes HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{',
      { patience: 20_000 },
    )
    expect([0, 408]).toContain(reply.status)
    await target.expectClean()
  })

  test('chunks without end', async () => {
    const reply = await exchange(
      target.port,
      `POST /notes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${'1\r\n \r\n'.repeat(1_000)}`,
      { patience: 20_000 },
    )
    expect([0, 408]).toContain(reply.status)
    await target.expectClean()
  })

  test('chunks beyond the limit', async () => {
    const chunk = `10000\r\n${' '.repeat(65_536)}\r\n`
    const reply = await exchange(
      target.port,
      `POST /notes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${chunk.repeat(200)}`,
      { patience: 20_000 },
    )
    expect([0, 413]).toContain(reply.status)
    await target.expectClean()
  })

  // Not beside the others: the oldest of the slow ones would have to make room.
  test.sequential('1,000 who say nothing do not stop others', async () => {
    const idle: Socket[] = []
    try {
      for (let index = 0; index < 1_000; index++) {
        const socket = connect(target.port, '127.0.0.1')
        socket.on('error', () => {})
        idle.push(socket)
      }
      const reply = await target.ask({ target: '/items?select=id&id=eq.1' })
      expect(reply.json).toEqual([{ id: 1 }])
    } finally {
      for (const socket of idle) socket.destroy()
    }
    await target.expectClean()
  })

  test('clients that leave in the middle', async () => {
    for (const bytes of [
      'GET /it',
      'POST /notes HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{',
      'GET /items HTTP/1.1\r\nHost: a\r\n\r\n',
      'POST /rpc/slow HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{"seconds":9}',
    ]) {
      const socket = connect(target.port, '127.0.0.1')
      socket.on('error', () => {})
      socket.write(bytes)
      await delay(20)
      socket.resetAndDestroy()
    }
    await target.expectClean()
  })

  test('requests before the answers', async () => {
    const many = Array.from({ length: 200 }, (_, n) => `GET /rpc/double?n=${n} HTTP/1.1\r\nHost: a\r\n\r\n`)
    const bytes = `${many.join('')}GET /items?id=eq.1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`
    const { raw } = await exchange(target.port, bytes)
    expect([...raw.matchAll(/\r\n\r\n(\d+)(?=HTTP)/g)].map(([, n]) => Number(n))).toEqual(many.map((_, n) => 2 * n))
  })
})

test('D57: responses that nobody takes are given up', async () => {
  const socket = connect(target.port, '127.0.0.1')
  socket.on('error', () => {})
  socket.write('GET /rpc/long_text?length=20000000 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n')
  const closed = new Promise((resolve) => socket.once('close', resolve))
  let received = 0
  socket.on('data', (chunk) => {
    received += chunk.length
  })
  socket.pause()
  await delay(6_000)
  socket.resume()
  await closed
  expect(received).toBeGreaterThan(0)
  expect(received).toBeLessThan(20_000_000)
  await target.expectClean()
})

describe('D65: the log', () => {
  test('has one line a request, and nothing in it steers a terminal', async () => {
    const before = target.log.length
    await target.ask({
      target: '/items%0aforged\x1b[31m\u009b?id=eq.1',
      headers: [['User-Agent', 'a\x1b[2J']],
    })
    await target.ask({ target: '/%1b[2J%0d%0aforged' })
    const lines = target.log.slice(before)
    expect(lines.length).toBeLessThanOrEqual(2)
    for (const line of lines) expect(line).toMatch(/^[\x20-\x7e\xa0-\xff]*$/)
  })

  test('has no tokens, cookies, or values', async () => {
    const before = target.log.length
    const token = tokenOf({ role: 'member', sub: 'secret-sub' })
    await target.ask({
      target: '/items?name=eq.secret-value',
      headers: [
        ['Authorization', `Bearer ${token}`],
        ['Cookie', 'session=secret-cookie'],
      ],
    })
    await target.ask({ target: '/items', headers: [['Authorization', 'Bearer secret-token']] })
    const lines = target.log.slice(before).join('\n')
    expect(lines).not.toMatch(/secret/)
    expect(lines).not.toContain(token)
  })
})

describe('D62: caches', () => {
  test('what a token is needed for is private', async () => {
    const authorization = `Bearer ${tokenOf({ role: 'member' })}`
    const reply = await target.ask({ target: '/items', headers: [['Authorization', authorization]] })
    expect(headerOf(reply, 'cache-control')).toBe('private')
  })

  test('an error for a token is, too', async () => {
    const authorization = `Bearer ${tokenOf({ role: 'member' })}`
    const reply = await target.ask({ target: '/payroll', headers: [['Authorization', authorization]] })
    expect(reply.status).toBe(403)
    expect(headerOf(reply, 'cache-control')).toBe('private')
  })
})

describe('B: tokens', () => {
  test('are checked before anything of the database', async () => {
    const server = await createServer({ ...target.options, dbPool: 1 })
    try {
      for (const token of ['', 'x', 'a.b.c', `${tokenOf({ role: 'member' })}x`]) {
        const response = await server.fetch(
          new Request('http://a/items', { headers: { Authorization: `Bearer ${token}` } }),
        )
        expect(response.status).toBe(401)
        expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/)
      }
    } finally {
      await server.close()
    }
  })

  test.each(['gate', 'none', 'postgres', ''])('the role %j is refused', async (role) => {
    const reply = await target.ask({ target: '/items', headers: [['Authorization', `Bearer ${tokenOf({ role })}`]] })
    expect([401, 403]).toContain(reply.status)
    await target.expectClean()
  })
})
