import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Festival, openFestival } from './festival.js'

// Every request is undone, so that each test finds the festival as it was.
let festival: Festival
beforeAll(async () => {
  festival = await openFestival({ dbTxEnd: 'rollback-allow-override' })
})
afterAll(() => festival?.close())

const full = 'return=representation'

describe('insert', () => {
  test('minimal', async () => {
    const answer = await festival.ask('POST /notes', { body: { title: 'New' } })
    expect([answer.status, answer.text, answer.headers.get('content-range')]).toEqual([201, '', '*/*'])
    expect(answer.headers.get('location')).toBeNull()
  })

  test('headers only: where the row is', async () => {
    const answer = await festival.ask('POST /notes', {
      headers: { Prefer: 'return=headers-only' },
      body: { id: 77, title: 'New' },
    })
    expect([answer.status, answer.headers.get('location')]).toEqual([201, '/notes?id=eq.77'])
    expect(answer.headers.get('preference-applied')).toBe('return=headers-only')
  })

  test('representation, with select and embeds', async () => {
    const answer = await festival.ask('POST /acts?select=name,stages(name)', {
      headers: { Prefer: full },
      body: { id: 50, name: 'Late', stage_id: 2 },
    })
    expect([answer.status, answer.json]).toEqual([201, [{ name: 'Late', stages: { name: 'Tent' } }]])
  })

  test('many, counted', async () => {
    const answer = await festival.ask('POST /notes?select=title', {
      headers: { Prefer: `${full}, count=exact` },
      body: [{ title: 'A' }, { title: 'B' }],
    })
    expect([answer.json, answer.headers.get('content-range')]).toEqual([[{ title: 'A' }, { title: 'B' }], '*/2'])
  })

  test.each([
    ['text/csv', 'title,state\n"A, ""quoted""",NULL\r\nB,final', [{ title: 'B', state: 'final' }], 400],
    [
      'text/csv',
      'title,size\n"A, ""quoted""",NULL\r\nB,5',
      [
        { title: 'A, "quoted"', size: null },
        { title: 'B', size: 5 },
      ],
      201,
    ],
    ['application/x-www-form-urlencoded', 'title=C+D&size=6', [{ title: 'C D', size: 6 }], 201],
  ])('%s %j', async (type, body, rows, status) => {
    const answer = await festival.ask('POST /notes?select=title,size', {
      headers: { Prefer: full, 'Content-Type': type },
      body,
    })
    expect(answer.status, answer.text).toBe(status)
    if (status === 201) expect(answer.json).toEqual(rows)
  })

  test('columns says which keys count', async () => {
    const answer = await festival.ask('POST /notes?columns=title&select=title,state', {
      headers: { Prefer: full },
      body: [
        { title: 'A', state: 'final' },
        { title: 'B', nonsense: 1 },
      ],
    })
    expect(answer.json).toEqual([
      { title: 'A', state: 'draft' },
      { title: 'B', state: 'draft' },
    ])
  })

  test('missing=default fills in what a row leaves out', async () => {
    const answer = await festival.ask('POST /notes?columns=title,state&select=title,state', {
      headers: { Prefer: `${full}, missing=default` },
      body: [{ title: 'A', state: 'final' }, { title: 'B' }],
    })
    expect(answer.json).toEqual([
      { title: 'A', state: 'final' },
      { title: 'B', state: 'draft' },
    ])
    expect(answer.headers.get('preference-applied')).toBe('missing=default, return=representation')
  })

  test('an empty object is a row of defaults, an empty array none', async () => {
    const answer = await festival.ask('POST /flags', { headers: { Prefer: full }, body: [] })
    expect([answer.status, answer.json]).toEqual([201, []])
    expect((await festival.ask('POST /notes', { body: {} })).json).toMatchObject({ code: '23502' })
  })

  test('numbers keep their digits', async () => {
    const answer = await festival.ask('POST /acts?select=fee,rider', {
      headers: { Prefer: full, 'Content-Type': 'application/json' },
      body: '{"id":51,"name":"Exact","fee":12345678.90,"rider":{"n":12345678901234567890.123456789}}',
    })
    expect(answer.text).toContain('"fee":12345678.90')
    expect(answer.text).toContain('12345678901234567890.123456789')
  })

  test.each([
    ['not json', '{"title":', 400, 'PGRST102'],
    ['rows of different keys', '[{"title":"A"},{"size":1}]', 400, 'PGRST102'],
    ['an unknown column', '{"titel":"A"}', 400, 'PGRST204'],
    ['a prototype', '{"__proto__":{"title":"A"}}', 400, 'PGRST204'],
    ['a duplicate', '{"id":1,"title":"A"}', 409, '23505'],
    ['a wrong type', '{"title":"A","size":"many"}', 400, '22P02'],
    ['a NUL', '{"title":"a\\u0000b"}', 400, '22P05'],
  ])('%s', async (_, body, status, code) => {
    const answer = await festival.ask('POST /notes', { headers: { 'Content-Type': 'application/json' }, body })
    expect([answer.status, answer.json]).toMatchObject([status, { code }])
  })
})

describe('upsert', () => {
  const rows = [
    { id: 1, title: 'Changed' },
    { id: 90, title: 'New' },
  ]

  test.each([
    ['merge-duplicates', 201, [{ title: 'Changed' }, { title: 'New' }]],
    ['ignore-duplicates', 201, [{ title: 'New' }]],
  ])('%s', async (resolution, status, expected) => {
    const answer = await festival.ask('POST /notes?select=title', {
      headers: { Prefer: `${full}, resolution=${resolution}` },
      body: rows,
    })
    expect([answer.status, answer.json]).toEqual([status, expected])
    expect(answer.headers.get('preference-applied')).toBe(`resolution=${resolution}, return=representation`)
  })

  test('200 where nothing was new', async () => {
    const answer = await festival.ask('POST /notes', {
      headers: { Prefer: 'resolution=merge-duplicates' },
      body: [{ id: 1, title: 'Changed' }],
    })
    expect(answer.status).toBe(200)
  })

  test('on_conflict names another key', async () => {
    const answer = await festival.ask('POST /notes?on_conflict=size&select=id,title', {
      headers: { Prefer: `${full}, resolution=merge-duplicates` },
      body: { size: 20, title: 'By size' },
    })
    expect(answer.json).toEqual([{ id: 2, title: 'By size' }])
  })
})

describe('PUT', () => {
  test('replaces', async () => {
    const answer = await festival.ask('PUT /stages?id=eq.1', {
      headers: { Prefer: full },
      body: { id: 1, name: 'Renamed', capacity: null, open: false },
    })
    expect([answer.status, answer.json]).toEqual([200, [{ id: 1, name: 'Renamed', capacity: null, open: false }]])
  })

  test('or makes', async () => {
    const answer = await festival.ask('PUT /stages?id=eq.8', {
      headers: { Prefer: full },
      body: { id: 8, name: 'New', capacity: 1, open: true },
    })
    expect(answer.status).toBe(201)
  })

  test.each([
    ['PUT /stages?id=eq.1', { id: 2, name: 'x' }, 400, 'PGRST115'],
    ['PUT /stages?name=eq.Main', { id: 1, name: 'x' }, 405, 'PGRST105'],
    ['PUT /stages?id=gt.1', { id: 1, name: 'x' }, 405, 'PGRST105'],
    ['PUT /stages', { id: 1, name: 'x' }, 405, 'PGRST105'],
    ['PUT /stages?id=eq.1&limit=1', { id: 1, name: 'x' }, 400, 'PGRST114'],
  ])('%s', async (request, body, status, code) => {
    const answer = await festival.ask(request, { body })
    expect([answer.status, answer.json]).toMatchObject([status, { code }])
  })
})

describe('update', () => {
  test('minimal says how many', async () => {
    const answer = await festival.ask('PATCH /notes?state=eq.draft', {
      headers: { Prefer: 'count=exact' },
      body: { state: 'final' },
    })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([204, '0-1/2'])
  })

  test('representation, in order', async () => {
    const answer = await festival.ask('PATCH /notes?id=lt.3&select=id,state&order=id.desc', {
      headers: { Prefer: full },
      body: { state: 'x' },
    })
    expect([answer.status, answer.json]).toEqual([
      200,
      [
        { id: 2, state: 'x' },
        { id: 1, state: 'x' },
      ],
    ])
  })

  test('nothing to set changes nothing', async () => {
    const answer = await festival.ask('PATCH /notes?id=eq.1', { headers: { Prefer: full }, body: {} })
    expect([answer.status, answer.json]).toEqual([200, []])
  })
})

describe('delete', () => {
  test('gives what is gone', async () => {
    const answer = await festival.ask('DELETE /notes?id=eq.3&select=title', { headers: { Prefer: full } })
    expect([answer.status, answer.json]).toEqual([200, [{ title: 'Third' }]])
  })

  test('minimal', async () => {
    const answer = await festival.ask('DELETE /notes?id=eq.3', { headers: { Prefer: 'count=exact' } })
    expect([answer.status, answer.text, answer.headers.get('content-range')]).toEqual([204, '', '*/1'])
  })
})

describe('what does not commit', () => {
  const countNotes = async () => ((await festival.ask('/notes')).json as unknown[]).length

  test('max-affected', async () => {
    const answer = await festival.ask('DELETE /notes', {
      headers: { Prefer: 'tx=commit, handling=strict, max-affected=1' },
    })
    expect([answer.status, answer.json]).toMatchObject([400, { code: 'PGRST124', details: 'The query affects 3 rows' }])
    expect(await countNotes()).toBe(3)
  })

  test('a single object of several rows', async () => {
    const answer = await festival.ask('PATCH /notes?id=lt.3', {
      headers: { Prefer: `tx=commit, ${full}`, Accept: 'application/vnd.pgrst.object+json' },
      body: { state: 'lost' },
    })
    expect([answer.status, answer.json]).toMatchObject([406, { code: 'PGRST116' }])
    expect((await festival.ask('/notes?state=eq.lost')).json).toEqual([])
  })

  test('a row other than the one of the URL', async () => {
    await festival.ask('PUT /stages?id=eq.1', { headers: { Prefer: 'tx=commit' }, body: { id: 60, name: 'x' } })
    expect((await festival.ask('/stages?id=eq.60')).json).toEqual([])
  })

  test('the configured rollback, which a request may override', async () => {
    const headers = { Prefer: 'tx=commit' }
    await festival.ask('POST /notes', { body: { title: 'Undone' } })
    expect(await countNotes()).toBe(3)
    const kept = await festival.ask('POST /notes', { headers, body: { id: 500, title: 'Kept' } })
    expect(kept.headers.get('preference-applied')).toBe('tx=commit')
    expect(await countNotes()).toBe(4)
    await festival.ask('DELETE /notes?id=eq.500', { headers })
  })
})

describe('rights', () => {
  test.each([
    ['POST /stages', 'visitor', 201],
    ['POST /shifts', undefined, 401],
    ['POST /shifts', 'crew', 403],
  ])('%s as %s', async (request, as, status) => {
    const answer = await festival.ask(request, {
      ...(as === undefined ? {} : { as }),
      body: { id: 99, ...(request.endsWith('stages') ? { name: 'x' } : {}) },
    })
    expect(answer.status, answer.text).toBe(status)
  })

  test('a read cannot write', async () => {
    expect((await festival.ask('/rpc/note_it?title=x')).status).toBe(405)
  })
})
