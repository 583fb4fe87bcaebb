import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Festival, openFestival } from './festival.js'

let festival: Festival
let port: number
beforeAll(async () => {
  festival = await openFestival({ serverMaxBodySize: 100_000, dbPool: 1 })
  port = await festival.server.listen(0, '127.0.0.1')
})
afterAll(() => festival?.close())

/** After whatever was asked, the one connection of the pool answers as ever. */
async function expectHealthy() {
  expect((await festival.ask('/stages?select=id&order=id')).json).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
}

describe('what is hostile stays a value or a name', () => {
  const poison = [`'; DROP TABLE fest.stages; --`, `"`, `$$`, `\\`, `1) OR (1=1`, `*/`, `%00`, `\u202e`, `a"b'c\\d`]
  const places: [title: string, path: (text: string) => string][] = [
    ['a value', (text) => `/acts?name=eq.${text}`],
    ['a list', (text) => `/acts?name=in.(${text})`],
    ['a pattern', (text) => `/acts?name=like.${text}`],
    ['a column', (text) => `/acts?select=${text}`],
    ['a filtered column', (text) => `/acts?${text}=eq.1`],
    ['an alias', (text) => `/acts?select="${text}":id`],
    ['a cast', (text) => `/acts?select=id::${text}`],
    ['a path', (text) => `/acts?select=rider->>${text}`],
    ['an order', (text) => `/acts?order=${text}`],
    ['an embed', (text) => `/acts?select=${text}(id)`],
    ['a relation', (text) => `/${text}`],
    ['a function', (text) => `/rpc/${text}`],
    ['an argument', (text) => `/rpc/setting?name=${text}`],
    ['a language', (text) => `/acts?name=fts(${text}).a`],
    ['a conflict target', (text) => `POST /notes?on_conflict=${text}`],
    ['columns', (text) => `POST /notes?columns=${text}`],
  ]
  test.each(places)('%s', async (_, path) => {
    for (const text of poison) {
      const encoded = text === '%00' ? text : encodeURIComponent(text)
      const request = path(encoded)
      const isWrite = request.startsWith('POST')
      const answer = await festival.ask(request, {
        headers: { Prefer: 'tx=rollback, resolution=merge-duplicates' },
        ...(isWrite ? { body: { title: 'x' } } : {}),
      })
      expect(answer.status, `${request}: ${answer.text}`).toBeLessThan(500)
      expect(answer.text).not.toMatch(/SELECT|rolecast_|\bat \w+ \(/)
    }
    await expectHealthy()
  })

  test('a cast says what PostgreSQL says', async () => {
    expect((await festival.ask('/acts?select=id::regclass&id=eq.1')).status).toBeLessThan(500)
    expect((await festival.ask('/acts?select=id::no_such_type')).json).toMatchObject({ code: '42704' })
  })
})

describe('too much', () => {
  test.each([
    ['filters in filters', `/acts?or=${'(or'.repeat(500)}(id.eq.1)${')'.repeat(500)}`],
    ['filters', `/acts?or=(${Array.from({ length: 20_000 }, () => 'id.eq.1').join()})`],
    ['embeds in embeds', `/acts?select=${'acts('.repeat(100)}id${')'.repeat(100)}`],
    ['embeds', `/acts?select=${Array.from({ length: 500 }, (_, n) => `a${n}:stages(id)`).join()}`],
    ['a limit', '/acts?limit=1e308'],
    ['an offset', '/acts?offset=99999999999999999999999'],
  ])('%s', async (_, path) => {
    const answer = await festival.ask(path)
    expect(answer.status, answer.text.slice(0, 300)).toBeGreaterThanOrEqual(400)
    expect(answer.status).toBeLessThan(500)
    expect(answer.text.length).toBeLessThan(2000)
    await expectHealthy()
  })

  test('a body', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/notes`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ title: 'x'.repeat(200_000) }),
    })
    expect(answer.status).toBe(413)
    await expectHealthy()
  })
})

describe('what a request leaves behind', () => {
  test('settings of the session are not the next one’s response', async () => {
    expect((await festival.ask('POST /rpc/leave_header')).headers.get('x-left')).toBe('behind')
    expect((await festival.ask('/stages')).headers.get('x-left')).toBeNull()
  })

  test('a failed transaction is over', async () => {
    await festival.ask('/rpc/fail?code=P0001')
    await festival.ask('PATCH /notes?id=lt.9', {
      headers: { Prefer: 'return=representation', Accept: 'application/vnd.pgrst.object+json' },
      body: { state: 'x' },
    })
    await expectHealthy()
  })
})

describe('bytes that are no request', () => {
  test.each([
    [
      'GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      /^HTTP\/1\.1 400/,
    ],
    ['GET /%ff HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 4/],
    ['TRACE /stages HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 405/],
    ['BREW /stages HTTP/1.1\r\nHost: a\r\n\r\n', /^HTTP\/1\.1 405.*PGRST117.*Unsupported HTTP method: BREW/s],
    ['get /rpc/add HTTP/1.1\r\nHost: a\r\n\r\n', /^HTTP\/1\.1 405.*PGRST101.*Cannot use the get method on RPC/s],
    ['CONNECT /stages HTTP/1.1\r\nHost: a\r\n\r\n', /^HTTP\/1\.1 405.*PGRST117/s],
    ['GET /rpc/fail?code=PT402 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 402 as asked\r\n/],
    ['BREW\r\nX: /stages HTTP/1.1\r\n\r\n', /^HTTP\/1\.1 400/],
    [
      'GET /stages HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\nauthorization: Bearer b\r\n\r\n',
      /^HTTP\/1\.1 400/,
    ],
    ['GET /stages HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', /^HTTP\/1\.1 400/],
    ['POST /notes HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx', /^HTTP\/1\.1 415/],
    ['\0\0\0', /^HTTP\/1\.1 400/],
    [
      'GET http://other/stages?select=id&id=eq.1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
      /^HTTP\/1\.1 (?:4|200)/,
    ],
  ])('%j', async (bytes, expected) => {
    expect(await exchange(bytes)).toMatch(expected)
    await expectHealthy()
  })
})

function exchange(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    socket.setEncoding('latin1').on('data', (chunk) => {
      received += chunk
    })
    socket.on('close', () => resolve(received)).on('error', reject)
  })
}
