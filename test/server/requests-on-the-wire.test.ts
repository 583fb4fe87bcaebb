import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { exchange } from '../attacks/wire.js'
import { type Festival, openFestival } from './festival.js'

let festival: Festival
let port: number
beforeAll(async () => {
  festival = await openFestival()
  port = await festival.server.listen(0, '127.0.0.1')
})
afterAll(() => festival?.close())

const ask = (line: string) => exchange(port, `${line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)

describe('the absolute form of a target', () => {
  test.each([
    ['GET http://api.example/stages?select=name&id=eq.1', 200],
    ['GET HTTPS://api.example:8443/rpc/add?a=1', 200],
    ['GET http://api.example', 200],
    ['OPTIONS http://api.example/stages', 200],
    ['GET ftp://api.example/stages', 404],
    ['BREW http://api.example/stages', 405],
  ])('%s: %i', async (line, status) => {
    expect((await ask(line)).status).toBe(status)
  })

  test('names the relation alone in what comes back', async () => {
    const reply = await ask('GET http://api.example/stages?select=name&id=eq.1')
    expect(reply.json).toEqual([{ name: 'Main' }])
    expect(reply.headers).toContainEqual(['content-location', '/stages?id=eq.1&select=name'])
  })
})

test.each(['/stages?name=eq.Café', '/Größe'])('%s, not percent-encoded: the message says so', async (target) => {
  const reply = await exchange(port, Buffer.from(`GET ${target} HTTP/1.1\r\nHost: a\r\n\r\n`))
  expect([reply.status, reply.json]).toEqual([
    400,
    expect.objectContaining({ message: expect.stringContaining('percent-encode') }),
  ])
})

describe('a client that closes its half of the connection', () => {
  const send = (text: string) =>
    new Promise<string>((resolve) => {
      let received = ''
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
      socket.setEncoding('utf8').on('data', (chunk) => {
        received += chunk
      })
      socket.on('error', () => {})
      socket.on('close', () => resolve(received))
      socket.end(text)
    })

  test('is answered', async () => {
    const received = await send('GET /stages?select=id&order=id HTTP/1.1\r\nHost: a\r\n\r\n')
    expect(received).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*"id":3\}\]$/)
  })

  test('is answered after a body, too', async () => {
    const head = 'POST /rpc/add HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 7'
    expect(await send(`${head}\r\n\r\n{"a":1}`)).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n11$/)
  })

  test('and of HTTP/1.0', async () => {
    expect(await send('GET /rpc/add?a=2 HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n12$/)
  })

  test('is answered where it takes longer', async () => {
    const head = 'POST /rpc/slow HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 15'
    const received = await send(`${head}\r\n\r\n{"seconds":0.6}`)
    expect(received).toMatch(/^HTTP\/1\.1 102 Processing\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
  })

  test('and is gone: its statement is cancelled', async () => {
    const body = '{"seconds":60}'
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.write(
        `POST /rpc/slow HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      )
    })
    const owner = new pg.Client({ connectionString: festival.postgres.uri })
    await owner.connect()
    const isSleeping = async () => {
      const { rows } = await owner.query(`SELECT FROM pg_stat_activity WHERE wait_event = 'PgSleep'`)
      return rows.length > 0
    }
    while (!(await isSleeping())) await delay(20)
    socket.destroy()
    while (await isSleeping()) await delay(50)
    await owner.end()
  })
})
