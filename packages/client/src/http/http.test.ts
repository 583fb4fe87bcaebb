import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../connect.js'
import { ApiError } from '../errors/api-error.js'
import { isNetworkError, isNotFound, isTimeout, isUnauthorized, isUnavailable } from '../errors/guards.js'
import { AbortError, NetworkError, ResponseError, TimeoutError, TokenError } from '../errors/kinds.js'
import { keepToken } from '../keep-token.js'
import type { SchemaMeta } from '../metadata.js'
import type { ConnectOptions } from '../options.js'
import { streamRows } from '../stream.js'
import type { Call } from '../types/call.js'
import { WritableRelation } from '../writable-relation.js'

const schemas: readonly SchemaMeta[] = [{ name: 'api', relations: { t: [['id']] }, functions: {} }]

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void
let handler: Handler
let seen: IncomingMessage[] = []
const server = createServer((request, response) => {
  seen.push(request)
  request.resume()
  handler(request, response, seen.length)
})
let url: string
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())
afterEach(() => {
  seen = []
})

interface Db {
  with(options: object): Db
  readonly t: {
    select(): Call<unknown> & { count(): Call<number>; maybe(): Call<unknown> }
    insert(row: object): Call<void>
  }
}
const client = (options: Partial<ConnectOptions> = {}) =>
  connect('app_user', schemas, { url, ...options }, { writes: WritableRelation }) as unknown as Db
const rows = (options?: Partial<ConnectOptions>) => client(options).t.select()

const json = (response: ServerResponse, status: number, body: unknown, headers = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
const ok: Handler = (_, response) => json(response, 200, [{ id: 1 }])
const expired: Handler = (_, response) => json(response, 401, { code: 'PGRST303', message: 'JWT expired' })
const tokens = () => seen.map(({ headers }) => headers.authorization)
const jwt = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.c2ln`
const inAnHour = () => Math.floor(Date.now() / 1000) + 3600

describe('tokens', () => {
  test('none, a string, a function, a promise', async () => {
    handler = ok
    await rows()
    await rows({ token: 'abc' })
    await rows({ token: () => 'def' })
    await rows({ token: async () => 'ghi' })
    await rows({ token: () => null })
    expect(tokens()).toEqual([undefined, 'Bearer abc', 'Bearer def', 'Bearer ghi', undefined])
  })

  test('of a call, of a client: for one request of a server', async () => {
    handler = ok
    const db = client({ token: 'mine' })
    await db.t.select().with({ token: 'yours' })
    await db.with({ token: null }).t.select()
    await db.t.select()
    expect(tokens()).toEqual(['Bearer yours', undefined, 'Bearer mine'])
  })

  test('of a named user, what a promise gave is kept until shortly before it expires; what a function returns is not', async () => {
    handler = ok
    let asked = 0
    const counted = (token: string) => {
      asked++
      return token
    }
    const kept = client({ user: 'alice', token: keepToken(async () => counted(jwt({ exp: inAnHour() }))) })
    await kept.t.select()
    await kept.t.select()
    expect(asked).toBe(1)
    const soon = client({ user: 'alice', token: keepToken(async () => counted(jwt({ exp: Date.now() / 1000 + 5 }))) })
    await soon.t.select()
    await soon.t.select()
    expect(asked).toBe(3)
    const direct = client({ user: 'alice', token: keepToken(() => counted(jwt({ exp: inAnHour() }))) })
    await direct.t.select()
    await direct.t.select()
    expect(asked).toBe(5)
  })

  test('many waiting calls of one user, one expired token: one refresh, each call once more', async () => {
    handler = (request, response, count) =>
      (request.headers.authorization === 'Bearer new' ? ok : expired)(request, response, count)
    const reasons: string[] = []
    const token = async (reason: string) => {
      reasons.push(reason)
      await new Promise((resolve) => setTimeout(resolve, 20))
      return reason === 'expired' ? 'new' : 'old'
    }
    const db = client({ user: 'alice', token: keepToken(token) })
    expect(await Promise.all([db.t.select(), db.t.select(), db.t.select()])).toEqual(Array(3).fill([{ id: 1 }]))
    expect(reasons).toEqual(['request', 'expired'])
    expect(tokens().sort()).toEqual([...Array(3).fill('Bearer new'), ...Array(3).fill('Bearer old')])
  })

  test('a new token that is refused as well, and a source without another: no loop', async () => {
    handler = expired
    await expect(rows({ token: async (reason) => `token-${reason}` })).rejects.toMatchObject({ code: 'PGRST303' })
    expect(seen).toHaveLength(2)
    const { error } = await rows({ token: 'always-this' }).result()
    expect(isUnauthorized(error)).toBe(true)
    expect(seen).toHaveLength(3)
  })

  test('an anonymous 42501 is a 401 and no reason to refresh', async () => {
    handler = (_, response) => json(response, 401, { code: '42501', message: 'permission denied for table t' })
    const reasons: string[] = []
    const { error } = await rows({ token: async (reason) => `${reasons.push(reason)}` }).result()
    expect(reasons).toEqual(['request'])
    expect(isUnauthorized(error)).toBe(false)
  })

  test('a token of another role is explained where the API refuses; the token itself is nowhere', async () => {
    handler = (_, response) => json(response, 403, { code: '42501', message: 'permission denied', hint: 'Ask.' })
    const token = jwt({ role: 'anon', exp: inAnHour() })
    const { error } = await rows({ token }).result()
    expect(error?.hint).toBe("Ask. This client is for the role app_user; the token's is anon.")
    expect(`${error?.stack} ${JSON.stringify(error)} ${error?.cause}`).not.toContain(token)
  })

  test('no token, no header, no URL with values is in what is logged: of errors, queries, clients', async () => {
    const options = { token: 'SECRET.token', headers: { 'x-key': 'SECRET' }, retry: 0 }
    handler = () => {}
    const logged: unknown[] = [client(options), rows(options)]
    for (const query of [
      rows({ ...options, timeout: 30 }),
      rows(options).with({ signal: AbortSignal.timeout(30) }),
      rows({ ...options, url: 'http://127.0.0.1:1' }),
    ]) {
      logged.push((await query.result()).error)
    }
    handler = (_, response) => response.writeHead(500).end('<html>')
    logged.push((await rows(options).result()).error)
    for (const value of logged) {
      expect(value).toBeTruthy()
      expect(inspect(value, { depth: 20 }) + JSON.stringify(value)).not.toMatch(/SECRET|select=/)
    }
  })

  test.each(['a\r\nX: y', 'a b c', 'ü', '\0'])('what is no bearer token is not sent: %j', async (token) => {
    handler = ok
    const { error } = await rows({ token }).result()
    expect(error).toBeInstanceOf(TokenError)
    expect(`${error?.message}${error?.cause}`).not.toContain(token)
    expect(seen).toHaveLength(0)
  })

  test('a source that fails', async () => {
    const cause = new Error('no session')
    await expect(rows({ token: async () => Promise.reject(cause) })).rejects.toMatchObject({
      name: 'TokenError',
      cause,
    })
  })

  test('a source that never answers', async () => {
    const { error } = await rows({ token: () => new Promise(() => {}), timeout: 30 }).result()
    expect(error).toBeInstanceOf(TokenError)
  })

  test('is not sent to where a redirect leads', async () => {
    handler = (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
    const { error } = await rows({ token: 'abc', retry: 0 }).result()
    expect(error).toBeInstanceOf(NetworkError)
    expect(error?.message).toBe('HTTP 302: redirects are not followed')
    expect(seen).toHaveLength(1)
  })
})

describe('failures', () => {
  test('300 says what the server could not choose from; without words for it, that it answered so', async () => {
    const answer = { code: 'PGRST203', message: 'Could not choose', details: [{ a: 1 }], hint: 'Try renaming' }
    handler = (_, response) => json(response, 300, answer)
    const { error } = await rows({ retry: 0 }).result()
    expect(error).toMatchObject({ ...answer, name: 'ApiError', status: 300 })
    handler = (_, response) => response.writeHead(300, { location: '/' }).end('<html>')
    expect((await rows({ retry: 0 }).result()).error).toMatchObject({ name: 'ResponseError', status: 300 })
  })

  test('reads are repeated, and Retry-After heeded; writes are not', async () => {
    handler = (request, response, count) =>
      count < 3
        ? json(response, 503, { code: 'PGRST002', message: 'x' }, { 'retry-after': '0' })
        : ok(request, response, count)
    expect(await rows()).toEqual([{ id: 1 }])
    expect(seen).toHaveLength(3)
    seen = []
    const { error } = await client().t.insert({ id: 1 }).result()
    expect(isUnavailable(error)).toBe(true)
    expect(seen).toHaveLength(1)
  })

  test('no answer in time', async () => {
    handler = () => {}
    const { error } = await rows({ timeout: 50 }).result()
    expect(error).toBeInstanceOf(TimeoutError)
    expect(isTimeout(error)).toBe(true)
  })

  test('aborted', async () => {
    handler = () => {}
    const { error } = await rows().with({ signal: AbortSignal.abort() }).result()
    expect(error).toBeInstanceOf(AbortError)
  })

  test('nobody there', async () => {
    const { error } = await rows({ url: 'http://127.0.0.1:1', retry: 0 }).result()
    expect(isNetworkError(error)).toBe(true)
    expect(error).toMatchObject({ status: 0, method: 'GET', path: '/t', name: 'NetworkError' })
  })

  test.each<[string, Handler]>([
    ['an HTML page as an error', (_, response) => response.writeHead(400).end('<html>')],
    ['an HTML page as an answer', (_, response) => response.writeHead(200).end('<html>')],
    ['JSON that ends in the middle', (_, response) => response.writeHead(200).end('[{"id":')],
    ['more than allowed', (_, response) => response.writeHead(200).end(`["${'x'.repeat(2000)}"]`)],
    ['an error longer than allowed', (_, response) => response.writeHead(400).end(`"${'x'.repeat(2000)}"`)],
  ])('%s', async (_, answer) => {
    handler = answer
    const { error } = await rows({ maxResponseBytes: 1000, retry: 0 }).result()
    expect(error).toBeInstanceOf(ResponseError)
  })

  test('an answer of another shape', async () => {
    handler = (_, response) => response.writeHead(200).end('5')
    const { error } = await rows().maybe().result()
    expect(error).toBeInstanceOf(ResponseError)
  })

  test('an error that is null, a list, or has odd members', async () => {
    for (const body of ['null', '[]', '1', '{"message":5}', '{"__proto__":{"polluted":1}}']) {
      handler = (_, response) => response.writeHead(400).end(body)
      expect((await rows().result()).error).toBeInstanceOf(ApiError)
    }
    expect(Object.prototype).not.toHaveProperty('polluted')
  })

  test('rows with hostile keys change no prototype', async () => {
    handler = (_, response) => response.writeHead(200).end('[{"__proto__":{"polluted":1},"constructor":2}]')
    const [row] = (await rows()) as [object]
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype)
    expect({}).not.toHaveProperty('polluted')
  })

  test('HEAD has a status only', async () => {
    handler = (_, response) => response.writeHead(404).end()
    const { error } = await client().t.select().count().result()
    expect(isNotFound(error)).toBe(true)
  })

  test('a stream that ends in the middle', async () => {
    handler = (_, response) => response.writeHead(200).end('[{"id":1},{"id":')
    const got: unknown[] = []
    const read = async () => {
      for await (const row of streamRows(rows() as Call<unknown[]>)) got.push(row)
    }
    await expect(read()).rejects.toBeInstanceOf(ResponseError)
    expect(got).toEqual([{ id: 1 }])
  })

  test('a stream in pieces, cut anywhere', async () => {
    const text = ' [ {"a":"x]},{\\"\\\\"} , {"b":[1,{"c":"é😀"}]},3,"s,",null ] '
    handler = (_, response) => {
      const bytes = [...Buffer.from(text)]
      const next = () => {
        const byte = bytes.shift()
        if (byte === undefined) response.end()
        else response.write(Buffer.from([byte]), next)
      }
      next()
    }
    const got: unknown[] = []
    for await (const row of streamRows(rows() as Call<unknown[]>)) got.push(row)
    expect(got).toEqual(JSON.parse(text))
  })
})

describe('options', () => {
  test.each([
    'javascript:alert(1)',
    'ftp://x',
    'http://user:pass@x',
    'http://x/?a',
    'http://x/#a',
    'http://x\r\n',
    '//x',
    'http://x\\@y',
    '',
  ])('a base URL that is refused: %j', (bad) => {
    expect(() => client({ url: bad })).toThrow('url must be')
  })

  test('a URL longer than servers take is not sent', async () => {
    handler = ok
    const { error } = await rows({ maxUrlLength: 20 }).result()
    expect(error?.message).toMatch(/The URL has \d+ characters/)
    expect(error).toBeInstanceOf(ApiError)
    expect(seen).toHaveLength(0)
  })

  test('headers, hooks and fetch', async () => {
    handler = ok
    const urls: string[] = []
    const db = client({
      headers: { 'x-a': '1' },
      fetch: (input, init) => {
        urls.push((input as Request).url)
        return fetch(input, init)
      },
      hooks: { beforeRequest: [(request) => request.headers.set('x-b', '2')] },
    })
    await db.t.select().with({ headers: { 'x-c': '3' } })
    expect(seen[0]?.headers).toMatchObject({ 'x-a': '1', 'x-b': '2', 'x-c': '3' })
    expect(urls).toEqual([`${url}/t?select=id`])
  })

  test('headers of the program stand beside those of the request, whatever their letters', async () => {
    handler = (_, response) => response.writeHead(201).end()
    const headers = { prefer: 'timezone=Europe/Vienna', 'content-type': 'text/plain', authorization: 'Basic eDp5' }
    await client({ headers, token: 'abc' }).t.insert({ id: 1 })
    expect(seen[0]?.headers).toMatchObject({
      prefer: 'timezone=Europe/Vienna, return=minimal',
      'content-type': 'application/json',
      authorization: 'Bearer abc',
    })
  })

  test('what is sent is what toRequest() and toURL() say', async () => {
    handler = ok
    const query = rows()
    await query
    const { method, path, search, headers } = query.toRequest()
    expect([seen[0]?.method, seen[0]?.url]).toEqual([method, path + search])
    expect(`${url}${seen[0]?.url}`).toBe(query.toURL())
    expect(seen[0]?.headers).toMatchObject(headers)
  })

  test('a query is sent when it is awaited, and each time', async () => {
    handler = ok
    const query = rows()
    await new Promise((resolve) => setTimeout(resolve, 10))
    expect(seen).toHaveLength(0)
    await query
    await query
    expect(seen).toHaveLength(2)
  })
})
