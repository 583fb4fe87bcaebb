import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Festival, openFestival } from './festival.js'

// What bodies may be. Every request is undone.
let festival: Festival
beforeAll(async () => {
  festival = await openFestival({
    dbTxEnd: 'rollback-allow-override',
    prepare: `
      CREATE FUNCTION fest.both() RETURNS text LANGUAGE sql STABLE AS $$ SELECT 'none' $$;
      CREATE FUNCTION fest.both(jsonb) RETURNS text LANGUAGE sql STABLE AS $$ SELECT $1::text $$;`,
  })
})
afterAll(() => festival?.close())

const full = 'return=representation'
const post = (path: string, type: string, body: string, prefer = full) =>
  festival.ask(`POST ${path}`, { headers: { Prefer: prefer, 'Content-Type': type }, body })

describe('CSV loses nothing', () => {
  test.each([
    ['CR', 'id,title\r900,a\r901,b\r'],
    ['LF', 'id,title\n900,a\n901,b'],
    ['CRLF, and blank lines', '\r\nid,title\r\n\r\n900,a\r\n901,b\r\n\r\n'],
    ['mixed', 'id,title\n900,a\r901,b\r\n'],
  ])('lines end with %s', async (_, body) => {
    const answer = await post('/notes?select=id,title', 'text/csv', body)
    expect([answer.status, answer.json]).toEqual([
      201,
      [
        { id: 900, title: 'a' },
        { id: 901, title: 'b' },
      ],
    ])
  })

  test.each([
    ['JSON', '[{"id":900,"title":"a"}]'],
    ['an empty JSON array', '[]'],
    ['a JSON object, over two lines', '{"id":900,\n"title":"a"}'],
    ['a name that is no column', 'id,tilte\n'],
    ['a name that comes twice', 'id,title,title\n900,a,b\n'],
    ['an open quote', 'id,title\n900,"a\n901,b\n'],
    ['a quote in a field', 'id,title\n900,a"b\n'],
    ['a longer line', 'id,title\n900,a,b\n'],
    ['nothing', ''],
  ])('%s is refused', async (_, body) => {
    const answer = await post('/notes', 'text/csv', body)
    expect([answer.status, answer.json]).toEqual([
      400,
      expect.objectContaining({ code: expect.stringMatching(/^PGRST(102|204)$/) }),
    ])
  })

  test('columns takes some of them', async () => {
    const answer = await post('/notes?columns=id,title&select=id,title,size', 'text/csv', 'size,id,title\n77,900,a\n')
    expect([answer.status, answer.json]).toEqual([201, [{ id: 900, title: 'a', size: null }]])
  })

  test('with defaults for what it has not', async () => {
    const prefer = `${full}, missing=default`
    const answer = await post('/notes?columns=title,state&select=title,state', 'text/csv', 'title\na\n', prefer)
    expect([answer.status, answer.json]).toEqual([201, [{ title: 'a', state: 'draft' }]])
  })

  test('columns is for the arguments of a call, too', async () => {
    const answer = await post('/rpc/add?columns=a', 'text/csv', 'a,b\n1,2\n')
    expect([answer.status, answer.json]).toEqual([200, 11])
  })
})

describe('one unnamed json argument is the body as it is', () => {
  test.each(['[1,2]', '"s"', 'null', 'true', '1.50', '[{"a":1},{"b":2}]', '[[]]', '{"a":1}', '[]', '{}'])(
    '%s',
    async (body) => {
      const answer = await post('/rpc/whole', 'application/json', body)
      expect([answer.status, answer.text]).toEqual([200, body])
    },
  )

  test('also where another function of the name takes no arguments', async () => {
    expect((await post('/rpc/both', 'application/json', '[1, 2]')).json).toBe('[1, 2]')
    expect((await post('/rpc/both', 'application/json', '"s"')).json).toBe('"s"')
    expect((await post('/rpc/both', 'application/json', '{}')).json).toBe('none')
  })

  test('of other functions it must name the arguments', async () => {
    expect(await post('/rpc/add', 'application/json', '[1,2]')).toMatchObject({
      status: 400,
      json: { code: 'PGRST102', message: 'All object keys must match' },
    })
    expect(await post('/rpc/none_such', 'application/json', '[1,2]')).toMatchObject({ json: { code: 'PGRST102' } })
    expect((await post('/rpc/names', 'application/json', '"s"')).status).toBe(200)
  })
})

test('a key twice in one upsert is a conflict of the request', async () => {
  const rows = JSON.stringify([
    { id: 1, title: 'a' },
    { id: 1, title: 'b' },
  ])
  const answer = await post('/notes', 'application/json', rows, 'resolution=merge-duplicates')
  expect([answer.status, answer.json]).toEqual([409, expect.objectContaining({ code: '21000' })])
})

describe('OPTIONS of a function', () => {
  test.each([
    ['/rpc/acts_on', 200, 'OPTIONS,GET,HEAD,POST'],
    ['/rpc/acts_on?stage=1', 200, 'OPTIONS,GET,HEAD,POST'],
    ['/rpc/note_it', 200, 'OPTIONS,POST'],
    ['/rpc/pick', 200, 'OPTIONS,GET,HEAD,POST'],
    ['/rpc/nothing_such', 404, null],
  ])('%s', async (path, status, methods) => {
    const answer = await festival.ask(`OPTIONS ${path}`)
    expect([answer.status, answer.headers.get('allow')]).toEqual([status, methods])
  })
})

test.each([
  ['exact', '0-0/1'],
  ['estimated', '0-0/1'],
  ['planned', '0-0/*'],
])('count=%s of a write', async (count, range) => {
  const headers = { Prefer: `count=${count}` }
  const patched = await festival.ask('PATCH /notes?id=eq.1', { headers, body: { title: 'a' } })
  expect(patched.headers.get('content-range')).toBe(range)
  const removed = await festival.ask('DELETE /notes?id=eq.1', { headers })
  expect(removed.headers.get('content-range')).toBe(range.replace('0-0', '*'))
})

test('a guard with a typing error guards', async () => {
  const prefer = 'tx=commit, handling=strict, max-affected=one'
  const answer = await festival.ask('DELETE /notes', { headers: { Prefer: prefer } })
  expect(answer).toMatchObject({
    status: 400,
    json: { code: 'PGRST122', details: 'Invalid preferences: max-affected=one' },
  })
  expect((await festival.ask('/notes?select=id')).json).toHaveLength(3)
})

test('a relation that is not there is said before a preference', async () => {
  const answer = await festival.ask('/nothing', { headers: { Prefer: 'handling=strict, a=b' } })
  expect(answer.json).toMatchObject({ code: 'PGRST205' })
  const after = await festival.ask('/notes', { headers: { Prefer: 'handling=strict, a=b' } })
  expect(after.json).toMatchObject({ code: 'PGRST122' })
})
