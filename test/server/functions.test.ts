import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Festival, openFestival } from './festival.js'

let festival: Festival
beforeAll(async () => {
  festival = await openFestival({
    dbConfig: true,
    dbTxEnd: 'rollback',
    dbPreRequest: { schema: 'fest', name: 'check_visit' },
  })
})
afterAll(() => festival?.close())

describe('arguments', () => {
  test.each<[request: string, body: unknown, expected: unknown]>([
    ['/rpc/add?a=1&b=2', undefined, 3],
    ['/rpc/add?a=1', undefined, 11],
    ['POST /rpc/add', { a: 1, b: 2 }, 3],
    ['POST /rpc/add', [{ a: 5, b: 2 }], 7],
    ['/rpc/join_all?words=a&words=b&words=c%2Cd', undefined, 'a-b-c,d'],
    ['POST /rpc/join_all', { words: ['a', 'b'] }, 'a-b'],
    ['/rpc/pick?x=1', undefined, 'one'],
    ['/rpc/pick?x=1&y=2', undefined, 'two'],
    ['POST /rpc/whole', { any: ['thing'] }, { any: ['thing'] }],
    ['POST /rpc/add?columns=a', { a: 1, nonsense: 2 }, 11],
  ])('%s %j', async (request, body, expected) => {
    const answer = await festival.ask(request, body === undefined ? {} : { body })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.json).toEqual(expected)
  })

  test.each<[type: string, routine: string, body: string | Uint8Array, expected: unknown]>([
    ['text/plain', 'shout', 'hello, "you"', 'HELLO, "YOU"'],
    ['application/octet-stream', 'weigh', new Uint8Array([0, 255, 1, 2]), 4],
    ['application/x-www-form-urlencoded', 'add', 'a=2&b=3', 5],
  ])('%s', async (type, routine, body, expected) => {
    const answer = await festival.ask(`POST /rpc/${routine}`, { headers: { 'Content-Type': type }, body })
    expect([answer.status, answer.json]).toEqual([200, expected])
  })
})

describe('results', () => {
  test.each<[path: string, expected: unknown]>([
    ['/rpc/names', ['Main', 'Tent', 'Barn']],
    ['/rpc/one_stage?id=2', { id: 2, name: 'Tent', capacity: 800, open: false }],
    ['/rpc/extent', { low: 1, high: 9 }],
    [
      '/rpc/rows_of?n=2',
      [
        { i: 1, square: 1 },
        { i: 2, square: 4 },
      ],
    ],
    ['/rpc/rows_of?n=5&select=square&square=gt.3&order=square.desc&limit=2&offset=1', [{ square: 16 }, { square: 9 }]],
    ['/rpc/acts_on?stage=2&select=name&or=(fee.gt.1000,id.eq.0)', [{ name: 'Quiet Sisters' }]],
  ])('%s', async (path, expected) => {
    const answer = await festival.ask(path)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.json).toEqual(expected)
  })

  test('void has none', async () => {
    const answer = await festival.ask('POST /rpc/nothing')
    expect([answer.status, answer.text]).toEqual([204, ''])
  })

  test('counted', async () => {
    const answer = await festival.ask('/rpc/rows_of?n=5&limit=2', { headers: { Prefer: 'count=exact' } })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([206, '0-1/5'])
  })

  test('counted, with computed fields and embeds', async () => {
    const path = '/rpc/acts_on?stage=2&select=id,billing,stages(name)&billing=like.*SIS*&order=billing&limit=1'
    const answer = await festival.ask(path, { headers: { Prefer: 'count=exact' } })
    expect(answer.json, answer.text).toEqual([{ id: 3, billing: 'QUIET SISTERS', stages: { name: 'Tent' } }])
    expect(answer.headers.get('content-range')).toBe('0-0/1')
  })

  test('max-affected counts the rows that come back', async () => {
    const strict = { headers: { Prefer: 'handling=strict, max-affected=1' } }
    expect((await festival.ask('POST /rpc/drop_drafts', strict)).json).toMatchObject({ code: 'PGRST124' })
    expect((await festival.ask('POST /rpc/nothing', strict)).json).toMatchObject({ code: 'PGRST128' })
  })

  test('HEAD', async () => {
    expect(await festival.ask('HEAD /rpc/names')).toMatchObject({ status: 200, text: '' })
  })
})

describe('which function', () => {
  test.each([
    ['/rpc/ad?a=1', 404, { code: 'PGRST202', hint: null }],
    ['/rpc/namez', 404, { code: 'PGRST202', hint: 'Perhaps you meant to call the function fest.names' }],
    ['/rpc/add?a=1&bb=2', 404, { code: 'PGRST202', hint: 'Perhaps you meant to call the function fest.add(a, b)' }],
    ['/rpc/clash?x=1', 300, { code: 'PGRST203' }],
    ['DELETE /rpc/names', 405, { code: 'PGRST101' }],
  ])('%s', async (request, status, error) => {
    const answer = await festival.ask(request)
    expect([answer.status, answer.json]).toMatchObject([status, error])
  })

  test('one that the role may not call is not told of: another that is called nearly so', async () => {
    const owner = new pg.Client({ connectionString: festival.postgres.uri })
    await owner.connect()
    await owner.query(
      'CREATE FUNCTION fest.shut(a integer) RETURNS integer LANGUAGE sql AS $$ SELECT a $$;' +
        'REVOKE EXECUTE ON FUNCTION fest.shut FROM PUBLIC;' +
        'CREATE FUNCTION fest.shuts() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$',
    )
    await owner.end()
    await festival.server.reloadSchema()
    expect((await festival.ask('/rpc/shut?b=1')).json).toMatchObject({
      code: 'PGRST202',
      hint: 'Perhaps you meant to call the function fest.shuts',
    })
  })
})

describe('transactions', () => {
  test('a function that may write is called with POST', async () => {
    expect((await festival.ask('/rpc/note_it?title=a')).json).toMatchObject({ code: '25006' })
    const answer = await festival.ask('POST /rpc/note_it?select=title', { body: { title: 'a' } })
    expect([answer.status, answer.json]).toEqual([200, [{ title: 'a' }]])
  })

  test('settings of a function hold for its transaction', async () => {
    expect((await festival.ask('/rpc/hurried')).json).toBe('3s')
    expect((await festival.ask('/rpc/careful')).json).toBe('serializable')
  })

  test('settings of a role hold for its requests', async () => {
    expect((await festival.ask('/rpc/setting?name=statement_timeout', { as: 'crew' })).json).toBe('7s')
    expect((await festival.ask('/rpc/setting?name=statement_timeout')).json).toBe('0')
  })

  test('SQL sees the request', async () => {
    expect((await festival.ask('/rpc/whoami', { as: 'crew' })).json).toEqual({ role: 'crew', sub: '7' })
    expect((await festival.ask('/rpc/whoami')).json).toEqual({ role: 'visitor', sub: null })
    expect((await festival.ask('/rpc/setting?name=request.method')).json).toBe('GET')
    expect((await festival.ask('/rpc/setting?name=request.path')).json).toBe('/rpc/setting')
    const headers = { 'X-Some': 'thing', Cookie: 'a=1; b=2' }
    const seen = (await festival.ask('/rpc/setting?name=request.headers', { headers })).json
    expect(JSON.parse(seen as string)).toMatchObject({ 'x-some': 'thing' })
    expect(seen).not.toContain('a=1')
    expect((await festival.ask('/rpc/setting?name=request.cookies', { headers })).json).toBe('{"a":"1","b":"2"}')
    expect(
      (await festival.ask('/rpc/setting?name=timezone', { headers: { Prefer: 'timezone=Asia/Tokyo' } })).json,
    ).toBe('Asia/Tokyo')
  })
})

describe('what SQL says of the response', () => {
  test('status and headers', async () => {
    const answer = await festival.ask('/rpc/teapot', { as: 'crew' })
    expect([answer.status, answer.headers.get('x-tea'), answer.headers.get('cache-control')]).toEqual([
      418,
      'green',
      'no-store',
    ])
  })

  test.each([
    ['/rpc/bad_headers?headers={}', 'PGRST111'],
    [`/rpc/bad_headers?headers=${encodeURIComponent('[{"X-A": "b\\r\\nX-C: d"}]')}`, 'PGRST111'],
    [`/rpc/bad_headers?headers=${encodeURIComponent('[{"Transfer-Encoding": "chunked"}]')}`, 'PGRST111'],
    ['/rpc/bad_status?status=1000', 'PGRST112'],
    ['/rpc/bad_status?status=abc', 'PGRST112'],
  ])('%s', async (path, code) => {
    const answer = await festival.ask(path)
    expect([answer.status, answer.json]).toMatchObject([500, { code }])
  })

  test.each([
    ['/rpc/fail?code=P0001', 400, { code: 'P0001', message: 'as asked', details: 'in detail', hint: 'try again' }],
    ['/rpc/fail?code=PT402', 402, { code: 'PT402' }],
    ['/rpc/fail?code=23503', 409, { code: '23503' }],
    ['/rpc/refuse', 423, { code: 'F1', message: 'Closed', details: 'until noon', hint: 'wait' }],
  ])('%s', async (path, status, error) => {
    const answer = await festival.ask(path)
    expect([answer.status, answer.json]).toMatchObject([status, error])
    expect(answer.headers.get('proxy-status')).toBe(`PostgREST; error=${error.code}`)
  })

  test('the pre-request function may end it', async () => {
    const answer = await festival.ask('/stages', { headers: { 'X-Banned': 'yes' } })
    expect([answer.status, answer.json]).toMatchObject([403, { code: 'PT403', message: 'Banned' }])
  })
})
