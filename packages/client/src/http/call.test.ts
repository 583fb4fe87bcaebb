import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { connect } from '../connect.js'
import type { ApiError } from '../errors/api-error.js'
import {
  isAborted,
  isApiError,
  isNetworkError,
  isPermissionDenied,
  isResponseError,
  isTimeout,
} from '../errors/guards.js'
import { NetworkError, TimeoutError } from '../errors/kinds.js'
import { keepToken } from '../keep-token.js'
import type { RelationMeta } from '../metadata.js'
import type { ConnectOptions } from '../options.js'
import type { Builder } from '../query/builder.js'
import { rpc } from '../routine.js'
import { streamRows } from '../stream.js'
import { WritableRelation, type WriteBuilder } from '../writable-relation.js'

const relations = { t: [['id'], 0, ['id']] as RelationMeta }
const functions = { f: { returns: 'value' }, nothing: {}, read: { returns: 'value', get: true } } as const

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
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
afterEach(() => {
  seen = []
})

interface Db {
  with(options: object): Db
  reset(): void
  readonly t: {
    select(): Builder
    insert(rows: object): WriteBuilder
    update(changes: object): WriteBuilder
    delete(): WriteBuilder
  }
  readonly rpc: { f(): Builder; nothing(): Builder; read(args?: object): Builder }
}
const client = (options: Partial<ConnectOptions> = {}) =>
  connect(
    'app_user',
    [{ name: 'api', relations, functions }],
    { url, ...options },
    { writes: WritableRelation, rpc },
  ) as unknown as Db
const rows = (options?: Partial<ConnectOptions>) => client(options).t.select()
const json = (response: ServerResponse, status: number, body: unknown, headers = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
const ok: Handler = (_, response) => json(response, 200, [{ id: 1 }])
const silent: Handler = () => {}
const stalled: Handler = (_, response) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).write('[{"id":')
const trickling: Handler = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' }).write('[')
  const timer = setInterval(() => response.write(' '), 20)
  response.on('close', () => clearInterval(timer))
}

/** The error of a call, which must not take longer than two seconds. */
async function failing(call: PromiseLike<unknown>): Promise<ApiError> {
  const begin = Date.now()
  const error = await call.then(
    () => null,
    (error) => error,
  )
  expect(Date.now() - begin).toBeLessThan(2000)
  return error
}
async function drain(query: unknown): Promise<unknown[]> {
  const got: unknown[] = []
  for await (const row of streamRows(query as never)) got.push(row)
  return got
}

describe('a call ends', () => {
  const hanging = () => new Promise<string>(() => {})
  test.each<[string, Handler, Partial<ConnectOptions>]>([
    ['no answer', silent, { timeout: 60 }],
    ['no answer, to no try', silent, { deadline: 60 }],
    ['a body that stalls', stalled, { timeout: 60 }],
    ['a body that trickles', trickling, { timeout: 60 }],
    ['a body that trickles, deadline', trickling, { deadline: 60 }],
    ['a Retry-After of an hour', (_, response) => json(response, 503, {}, { 'retry-after': '3600' }), { timeout: 60 }],
    ['a fetch that does not heed signals', ok, { timeout: false, deadline: 60, fetch: hanging as never }],
    ['a signal that is a timeout', silent, { signal: AbortSignal.timeout(60) }],
    ['a signal that is a timeout, body', stalled, { signal: AbortSignal.timeout(60) }],
  ])('in time: %s', async (_, answer, options) => {
    handler = answer
    const error = await failing(rows(options))
    expect([error.name, isTimeout(error), error instanceof TimeoutError]).toEqual(['TimeoutError', true, true])
  })

  test.each<[string, Handler, Partial<ConnectOptions>]>([
    ['before it answers', silent, {}],
    ['in the body', stalled, {}],
    ['while it waits for a token', ok, { token: hanging }],
    ['while it waits to try again', (_, response) => json(response, 503, {}, { 'retry-after': '3600' }), {}],
    ['where fetch does not heed signals', ok, { fetch: hanging as never }],
  ])('by the signal of the client, or of the call: %s', async (_, answer, options) => {
    handler = answer
    for (const of of ['client', 'call', 'both', 'reset'] as const) {
      const controller = new AbortController()
      const { signal } = controller
      const other = new AbortController().signal
      const db = client({ ...options, signal: of === 'client' || of === 'both' ? signal : other })
      const query =
        of === 'client'
          ? db.t.select().with({ signal: other })
          : of === 'call'
            ? db.t.select().with({ signal })
            : db.t.select()
      setTimeout(() => (of === 'reset' ? db.reset() : controller.abort()), 40)
      const error = await failing(query)
      expect([of, error.name, isAborted(error)]).toEqual([of, 'AbortError', true])
    }
  })

  test('streams as well: stalled, aborted, too long in all', async () => {
    handler = stalled
    expect(isTimeout(await failing(drain(rows({ timeout: 60 }))))).toBe(true)
    expect(isAborted(await failing(drain(rows().with({ signal: AbortSignal.abort() }))))).toBe(true)
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 40)
    expect(isAborted(await failing(drain(rows({ signal: controller.signal }))))).toBe(true)
    handler = trickling
    expect(isTimeout(await failing(drain(rows({ deadline: 100 }))))).toBe(true)
    handler = (_, response) => json(response, 200, Array(1000).fill({ id: 1 }))
    expect(isResponseError(await failing(drain(rows({ maxResponseBytes: 1000 }))))).toBe(true)
    expect(await drain(rows())).toHaveLength(1000)
  })

  test('an aborted signal sends nothing', async () => {
    handler = ok
    const { error } = await rows({ signal: AbortSignal.abort() }).result()
    expect(isAborted(error)).toBe(true)
    expect(seen).toHaveLength(0)
  })

  test('nor is anything sent when it was ended while it waited for its token, whatever fetch heeds', async () => {
    let sent = 0
    const heedless = async () => {
      sent++
      return new Response(null, { status: 201 })
    }
    const token = () => new Promise<string>((resolve) => setTimeout(resolve, 40, 'late'))
    const db = client({ token, fetch: heedless })
    const insert = db.t.insert({ id: 1 }).result()
    db.reset()
    expect(isAborted((await insert).error)).toBe(true)
    expect(isAborted((await db.t.insert({ id: 1 }).with({ signal: AbortSignal.abort() }).result()).error)).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 80))
    expect(sent).toBe(0)
  })

  test('signals are let go of when a call is over', async () => {
    handler = ok
    let listeners = 0
    const { signal } = new AbortController()
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)]
    signal.addEventListener = (...args: Parameters<typeof add>) => {
      listeners++
      add(...args)
    }
    signal.removeEventListener = (...args: Parameters<typeof remove>) => {
      listeners--
      remove(...args)
    }
    const db = client({ signal })
    for (let call = 0; call < 3; call++) await db.t.select()
    expect(listeners).toBe(0)
  })
})

describe('options', () => {
  test('undefined changes nothing', async () => {
    handler = ok
    const db = client({ token: 'abc', headers: { 'x-a': '1' } })
    await db.with({ token: undefined, headers: { 'x-a': undefined }, signal: undefined, timeout: undefined }).t.select()
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer abc', 'x-a': '1' })
  })

  test('names of headers are the same in any case', async () => {
    handler = ok
    await client({ headers: { 'X-Tenant': 'a' } })
      .with({ headers: { 'x-tenant': 'b' } })
      .t.select()
    expect(seen[0]?.headers['x-tenant']).toBe('b')
  })

  test.each([
    { prefixUrl: 'http://127.0.0.1:1' },
    { json: {} },
    { searchParams: { x: 1 } },
    { redirect: 'follow' },
    { timeout: Number.NaN },
    { timeout: -1 },
    { timeout: 0 },
    { deadline: 'soon' },
    { maxResponseBytes: Number.NaN },
    { maxUrlLength: -5 },
  ])('what types do not know is refused: %j', (options) => {
    expect(() => client(options as never)).toThrow(/^(An option|timeout|deadline|max\w+) is .*, which it cannot be$/)
    expect(() => client().with(options)).toThrow('which it cannot be')
    expect(() => rows().with(options as never)).toThrow('which it cannot be')
  })

  test('what is of the client is not of a call', () => {
    expect(() => client().with({ url: 'http://127.0.0.1:1' })).toThrow('An option is url')
    expect(() => client().with({ fetch })).toThrow('An option is fetch')
  })

  test('a retry that is no number is refused', async () => {
    const { error } = await rows({ retry: Number.NaN }).result()
    expect(error?.message).toBe('retry is NaN, which it cannot be')
  })

  test('a path is one of the page; without a page it is refused', async () => {
    expect(() => client({ url: '/api' })).toThrow('url must be')
    expect(() => client({ url: '//evil.test' })).toThrow('url must be')
    Object.assign(globalThis, { location: { origin: 'https://app.test' } })
    try {
      expect(client({ url: '/api/' }).t.select().toURL()).toBe('https://app.test/api/t?select=id')
      expect(() => client({ url: '//evil.test' })).toThrow('url must be')
      expect(() => client({ url: '/\\evil.test' })).toThrow('url must be')
    } finally {
      Reflect.deleteProperty(globalThis, 'location')
    }
  })
})

describe('an expired token', () => {
  const source = (asked: string[]) => async (reason: string) => {
    asked.push(reason)
    return reason === 'expired' ? 'new' : 'old'
  }
  const expiredAnswers: [string, Handler][] = [
    [
      'HEAD with Proxy-Status',
      (_, response) => response.writeHead(401, { 'proxy-status': 'PostgREST; error=PGRST303' }).end(),
    ],
    ['HEAD that says no more', (_, response) => response.writeHead(401).end()],
  ]
  test.each(expiredAnswers)('is renewed: %s', async (_, answer) => {
    handler = (request, response, count) =>
      request.headers.authorization === 'Bearer new'
        ? response.writeHead(200, { 'content-range': '0-4/5' }).end()
        : answer(request, response, count)
    const asked: string[] = []
    expect(await rows({ token: source(asked) }).count()).toBe(5)
    expect(asked).toEqual(['request', 'expired'])
  })

  test('a HEAD that is denied is permission denied', async () => {
    handler = (_, response) => response.writeHead(401, { 'proxy-status': 'PostgREST; error=42501' }).end()
    const asked: string[] = []
    const { error } = await rows({ token: source(asked) })
      .count()
      .result()
    expect([isPermissionDenied(error), error?.status, asked]).toEqual([true, 401, ['request']])
  })

  test('costs one more request whatever the clock says', async () => {
    const jwt = (name: string, exp: number) =>
      `${name}.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.c2ln`
    for (const skew of [-3600, 0, 3600]) {
      seen = []
      let valid = ''
      let made = 0
      const token = keepToken(async () => (valid = jwt(`n${++made}`, Date.now() / 1000 + skew + 60)))
      handler = (request, response, count) =>
        request.headers.authorization === `Bearer ${valid}`
          ? ok(request, response, count)
          : json(response, 401, { code: 'PGRST303', message: 'JWT expired' })
      const db = client({ user: 'a', token })
      const results = await Promise.all(Array.from({ length: 20 }, () => db.t.select().result()))
      valid = ''
      results.push(await db.t.select().result())
      expect(results.filter(({ error }) => error)).toEqual([])
      expect(seen.length).toBeLessThanOrEqual(22)
    }
  })
})

describe('what comes back is checked', () => {
  const answer =
    (status: number, type: string | null, body: string, headers: object = {}): Handler =>
    (_, response) =>
      void response.writeHead(status, { ...(type && { 'content-type': type }), ...headers }).end(body)
  const html = answer(200, 'text/html', '<p>Log in</p>')
  const calls: Record<string, () => PromiseLike<unknown>> = {
    rows: () => rows(),
    one: () => rows().one(),
    maybe: () => rows().maybe(),
    'with count': () => rows().withCount(),
    count: () => rows().count(),
    csv: () => rows().csv(),
    explain: () => rows().explain(),
    stream: () => drain(rows()),
    insert: () => client().t.insert({ id: 1 }),
    update: () => client().t.update({ id: 1 }).all(),
    delete: () => client().t.delete().all(),
    returning: () => client().t.insert({ id: 1 }).returning('id'),
    function: () => client().rpc.f(),
    'function of nothing': () => client().rpc.nothing(),
  }
  test.each(Object.entries(calls))('a page of a proxy is no success: %s', async (_, call) => {
    handler = html
    expect(isResponseError(await failing(call()))).toBe(true)
  })

  test.each<[string, Handler]>([
    ['rows', answer(200, 'application/json', '{}')],
    ['rows', answer(200, 'application/json', '5')],
    ['rows', answer(200, 'application/json', 'null')],
    ['rows', answer(200, 'text/html', '[]')],
    ['rows', answer(200, 'application/octet-stream', '[]')],
    ['rows', answer(204, null, '')],
    ['one', answer(200, 'application/vnd.pgrst.object+json', '[]')],
    ['one', answer(200, 'application/vnd.pgrst.object+json', 'null')],
    ['with count', answer(200, 'application/json', '[]', { 'content-range': '*/*' })],
    ['count', answer(200, null, '')],
    ['count', answer(200, null, '', { 'content-range': '0-24/*' })],
    ['count', answer(200, null, '', { 'content-range': '0-24/many' })],
    ['insert', answer(200, 'application/json', '{"ok":true}')],
    ['update', answer(204, null, '')],
  ])('%s of another form: %#', async (call, given) => {
    handler = given
    expect(isResponseError(await failing((calls[call] as () => PromiseLike<unknown>)()))).toBe(true)
  })

  test('a preference that matters must have been applied', async () => {
    const write = () => client().t.update({ id: 2 }).where({ id: 1 })
    const applied = (preferences: string) =>
      answer(204, null, '', { 'content-range': '*/*', 'preference-applied': preferences })
    handler = answer(204, null, '', { 'content-range': '*/*' })
    expect(await write()).toBe(0)
    expect((await failing(write().rollback())).message).toContain('did not apply tx=rollback')
    expect((await failing(write().maxAffected(1))).message).toContain('did not apply max-affected=1')
    handler = applied('tx=commit, handling=strict, max-affected=5')
    expect((await failing(write().rollback())).message).toContain('did not apply tx=rollback')
    expect((await failing(write().maxAffected(1))).message).toContain('did not apply max-affected=1')
    handler = applied('handling=strict, tx=rollback, max-affected=1')
    expect(await write().rollback().maxAffected(1)).toBe(0)
  })

  test('what stands in for fetch needs no more than what is read', async () => {
    const mocks = [
      async () => new Response('[{"id":1}]'),
      async () => ({ ok: true, status: 200, json: async () => [{ id: 1 }] }),
      async () => ({ ok: true, status: 200, text: async () => '[{"id":1}]', headers: new Map() }),
      async () => ({ ok: true, headers: { get: () => 'application/json' }, text: async () => '[{"id":1}]' }),
    ]
    for (const fetch of mocks) expect(await rows({ fetch: fetch as never })).toEqual([{ id: 1 }])
    const refusing = async () => ({ ok: false, status: 409, text: async () => '{"code":"23505","message":"twice"}' })
    const { error } = await rows({ fetch: refusing as never, retry: 0 }).result()
    expect([isApiError(error, '23505'), error?.status]).toEqual([true, 409])
  })
})

test('a page beyond the end is an empty list, with the count', async () => {
  const details = 'An offset of 40 was requested, but there are only 3 rows.'
  handler = (_, response) =>
    json(response, 416, { code: 'PGRST103', message: 'Requested range not satisfiable', details })
  expect(await rows().offset(40).withCount()).toEqual({ rows: [], count: 3 })
  expect(await rows().offset(40).limit(1).withCount().withResponse()).toMatchObject({ data: { rows: [], count: 3 } })
  handler = (_, response) => json(response, 416, { code: 'PGRST103', message: 'Requested range not satisfiable' })
  expect((await failing(rows().offset(40).withCount())).code).toBe('PGRST103')
  handler = (_, response) => response.writeHead(200, { 'content-range': '*/3' }).end()
  expect(await rows().offset(40).count()).toBe(3)
  expect(seen.at(-1)?.url).toBe('/t?select=id&offset=0')
})

describe('writes', () => {
  test('are sent once however often they are awaited; reads each time', async () => {
    handler = (request, response) =>
      request.method === 'GET'
        ? json(response, 200, 1)
        : json(response, 200, request.method, { 'content-range': '0-1/*' })
    const call = client().rpc.f()
    expect([await call, await call, (await call.result()).data]).toEqual(['POST', 'POST', 'POST'])
    expect(seen).toHaveLength(1)
    const [first, second] = [call.with({}), call.with({})]
    await Promise.all([first, first.then(String), second])
    expect(seen).toHaveLength(3)
    const read = client().rpc.read()
    expect([await read, await read]).toEqual([1, 1])
    expect(seen).toHaveLength(5)
    handler = (_, response) => json(response, 409, { code: '23505', message: 'twice' })
    const insert = client().t.insert({ id: 1 })
    const outcomes = [await insert.result(), await insert.result(), await insert.catch((error) => ({ error }))]
    expect(outcomes.map((outcome) => isApiError((outcome as { error: unknown }).error, '23505'))).toEqual([
      true,
      true,
      true,
    ])
    expect(seen).toHaveLength(6)
  })

  test('tell how many rows they hit, status, headers and location', async () => {
    const range = (value: string) => {
      handler = (_, response) => void response.writeHead(204, { 'content-range': value }).end()
    }
    const update = () => client().t.update({ id: 2 }).all()
    for (const [value, count] of [
      ['0-2/*', 3],
      ['*/*', 0],
      ['0-0/1', 1],
      ['*/0', 0],
      ['*/7', 7],
    ] as const) {
      range(value)
      expect(await update()).toBe(count)
    }
    handler = (_, response) =>
      void response.writeHead(201, { location: '/t?id=eq.1', 'content-range': '*/1', 'x-a': 'b' }).end()
    const answer = (await client().t.insert({ id: 1 }).withResponse()) as Record<string, unknown> & { headers: Headers }
    expect(answer).toMatchObject({ data: undefined, status: 201, location: '/t?id=eq.1', affected: 1 })
    expect(answer.headers.get('x-a')).toBe('b')
    expect(seen.at(-1)?.headers.prefer).toBe('return=minimal, count=exact')
    handler = ok
    expect(await rows().withResponse()).toMatchObject({ data: [{ id: 1 }], status: 200 })
  })

  test('result() never rejects; catch and finally are there', async () => {
    const { error } = await client().t.delete().result()
    expect([isApiError(error), error?.message]).toEqual([true, 'Say which rows are meant: where(…), or all()'])
    expect(seen).toHaveLength(0)
    handler = ok
    let settled = 0
    await rows().finally(() => settled++)
    expect(settled).toBe(1)
    expect(await rows({ url: 'http://127.0.0.1:1', retry: 0 }).catch((error) => error)).toBeInstanceOf(NetworkError)
  })

  test('cannot be streamed into existence', async () => {
    handler = (_, response) => json(response, 200, [{ id: 1 }, { id: 2 }])
    await expect(drain(client().t.delete())).rejects.toThrow('streamRows takes')
    await expect(drain(client().t.delete().returning('id'))).rejects.toThrow('Say which rows')
    await expect(drain(client().t.insert({ id: 1 }))).rejects.toThrow('streamRows takes')
    await expect(drain(rows().count())).rejects.toThrow('streamRows takes')
    await expect(drain(rows().one())).rejects.toThrow('streamRows takes')
    expect(seen).toHaveLength(0)
    const returned = client().t.insert({ id: 1 }).returning('id')
    expect([await drain(returned), await drain(returned)]).toEqual(Array(2).fill([{ id: 1 }, { id: 2 }]))
    expect(seen).toHaveLength(1)
  })
})

describe('streams', () => {
  test('a row of 20 MB, and rows packed small, cost time by their length', async () => {
    const answers = [
      `["${'x'.repeat(20e6)}"]`,
      `[${'[],'.repeat(1e6)}[]]`,
      `[${'['.repeat(5000)}${']'.repeat(5000)}]`,
      `["${'\\"'.repeat(5e6)}"]`,
    ]
    for (const text of answers) {
      handler = (_, response) =>
        void response
          .writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' })
          .end(gzipSync(text, { level: 1 }))
      const begin = performance.now()
      let count = 0
      for await (const _ of streamRows(rows() as never)) count++
      expect(count).toBeGreaterThan(0)
      expect(performance.now() - begin).toBeLessThan(8000)
    }
  }, 60_000)

  test('a row longer than allowed is refused, though no limit is given for all', async () => {
    handler = (_, response) => json(response, 200, ['x'.repeat(70e6)])
    const error = await failing(drain(rows({ timeout: false }))).catch(() => null)
    expect(error === null || isResponseError(error)).toBe(true)
  })

  test('a connection that breaks is a NetworkError, what is no list a ResponseError', async () => {
    handler = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('[{"id":1},{"id"')
      setTimeout(() => response.destroy(), 30)
    }
    expect(isNetworkError(await failing(drain(rows())))).toBe(true)
    for (const body of [
      '{"a":[1]}',
      '5',
      '"x"',
      'null',
      '[1]2',
      '[1][2]',
      '[1',
      '[1}',
      '[1,]',
      '[,1]',
      '',
      '<html>',
      '["a\\"]',
    ]) {
      handler = (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(body)
      expect([body, isResponseError(await failing(drain(rows())))]).toEqual([body, true])
    }
  })

  test('what ends a loop ends the request', async () => {
    let isClosed = false
    handler = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('[1,2,')
      response.on('close', () => {
        isClosed = true
      })
    }
    for await (const _ of streamRows(rows() as never)) break
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(isClosed).toBe(true)
  })
})

describe('errors', () => {
  const made = async () => {
    handler = (_, response) => json(response, 409, { code: '23505', message: 'duplicate key', details: 'd' })
    const { error } = await rows().result()
    return error as ApiError
  }

  test('keep what they say through JSON and structuredClone, and guards know them', async () => {
    const error = await made()
    expect(error).toBeInstanceOf(Error)
    for (const copy of [JSON.parse(JSON.stringify(error)), structuredClone(error)]) {
      expect(copy).toMatchObject({
        name: 'ApiError',
        message: 'duplicate key',
        code: '23505',
        status: 409,
        details: 'd',
      })
      expect(isApiError(copy, '23505')).toBe(true)
    }
    expect(error.stack).toContain('ApiError: duplicate key')
    handler = silent
    const late = structuredClone((await rows({ timeout: 30 }).result()).error)
    expect([isTimeout(late), late instanceof TimeoutError]).toEqual([true, true])
  })

  test('nothing else is one', () => {
    for (const other of [null, undefined, 5, 'x', {}, new Error('x'), { name: 'ApiError', code: '23505' }]) {
      expect(isApiError(other)).toBe(false)
    }
  })

  test('a hint about the token fits the client', async () => {
    handler = (_, response) => json(response, 401, { code: '42501', message: 'permission denied' })
    const hintOf = async (options: Partial<ConnectOptions>) => (await rows(options).result()).error?.hint
    expect(await hintOf({ credentials: 'include' })).toBe(null)
    expect(await hintOf({})).toContain("the token's is missing")
    expect(await hintOf({ token: () => null })).toContain("the token's is missing")
  })

  test('the bodies of answers that are refused are not left lying', async () => {
    let cancelled = 0
    const unread = () =>
      new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(10)),
        cancel: () => {
          cancelled++
        },
      })
    const answers = [new Response(unread(), { status: 503 }), Response.json([{ id: 1 }])]
    await rows({ fetch: async () => answers.shift() as Response })
    expect(cancelled).toBe(1)
    const page = { headers: { 'content-type': 'text/html' } }
    await rows({ fetch: async () => new Response(unread(), page) }).result()
    expect(cancelled).toBe(2)
    await rows({ fetch: async () => new Response(unread(), { status: 302 }) }).result()
    expect(cancelled).toBe(3)
    await rows({ maxResponseBytes: 5, fetch: async () => new Response(unread()) }).result()
    expect(cancelled).toBe(4)
  })
})
