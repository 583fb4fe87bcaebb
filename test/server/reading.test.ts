import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Festival, openFestival } from './festival.js'

let festival: Festival
beforeAll(async () => {
  festival = await openFestival()
})
afterAll(() => festival?.close())

const ids = (rows: unknown) => (rows as { id: number }[]).map(({ id }) => id)

describe('filters', () => {
  const cases: [filter: string, ids: number[]][] = [
    ['id=eq.2', [2]],
    ['id=neq.2', [1, 3, 4]],
    ['id=not.eq.2', [1, 3, 4]],
    ['id=gt.2&id=lte.3', [3]],
    ['id=gte.2&id=lt.4', [2, 3]],
    ['id=in.(1,3)', [1, 3]],
    ['id=in.()', []],
    ['id=not.in.(1,3)', [2, 4]],
    ['name=in.("The Loud",nobody)', [1]],
    ['name=like.*Loud*', [1, 2]],
    ['name=ilike.*loud', [1]],
    ['name=like(any).{*Loud,Quiet*}', [1, 3]],
    ['name=ilike(all).{*loud*,the*}', [1]],
    ['name=match.^The', [1]],
    ['name=imatch.^the', [1]],
    ['id=eq(any).{1,4}', [1, 4]],
    ['id=gt(all).{1,2}', [3, 4]],
    ['fee=is.null', [4]],
    ['fee=not.is.null', [1, 2, 3]],
    ['fee=is.not_null', [1, 2, 3]],
    ['fee=isdistinct.2500', [2, 3, 4]],
    ['tags=cs.{folk}', [2, 3]],
    ['tags=cd.{folk,choir}', [2, 3, 4]],
    ['tags=ov.{rock,choir}', [1, 3]],
    ['starts=cs.[2030-06-01T21:00Z,2030-06-01T21:30Z]', [1]],
    ['starts=sl.[2030-06-02T00:00Z,)', [1]],
    ['starts=sr.(,2030-06-02T00:00Z]', [2]],
    ['starts=nxr.(,2030-06-02T00:00Z]', [1]],
    ['starts=nxl.[2030-06-02T00:00Z,)', [2]],
    ['starts=adj.[2030-06-01T22:00Z,2030-06-01T23:00Z)', [1]],
    ['rider->water=gt.5', [1]],
    ['rider->>water=eq.3', [2]],
    ['rider->towels->>white=eq.6', [1]],
    ['rider->food->>1=eq.fish', [1]],
    ['tags->>0=eq.folk', [2, 3]],
    ['words=fts.loud', [1, 2]],
    ['name=fts(english).sisters', [3]],
    ['name=plfts.unplugged%20loud', [2]],
    ['name=phfts(simple).quiet%20sisters', [3]],
    ['name=wfts.loud%20-unplugged', [1]],
    ['name=not.fts.loud', [3, 4]],
    ['or=(id.eq.1,id.eq.4)', [1, 4]],
    ['and=(id.gt.1,or(stage_id.eq.2,fee.is.null))', [2, 3, 4]],
    ['not.or=(id.eq.1,id.eq.4)', [2, 3]],
    ['or=(name.eq."The Loud",not.and(id.gt.1,id.lt.4))', [1, 4]],
  ]
  test.each(cases)('%s', async (filter, expected) => {
    const answer = await festival.ask(`/acts?select=id&order=id&${filter}`)
    expect(answer.status, answer.text).toBe(200)
    expect(ids(answer.json)).toEqual(expected)
  })

  test('booleans are compared with is', async () => {
    expect(ids((await festival.ask('/stages?select=id&open=is.true')).json)).toEqual([1])
    expect(ids((await festival.ask('/stages?select=id&open=is.unknown')).json)).toEqual([3])
    expect(ids((await festival.ask('/stages?select=id&order=id&open=not.is.true')).json)).toEqual([2, 3])
  })
})

describe('select', () => {
  const cases: [path: string, body: unknown][] = [
    ['/stages?id=eq.1', [{ id: 1, name: 'Main', capacity: 5000, open: true }]],
    ['/stages?select=title:name,id&id=eq.1', [{ title: 'Main', id: 1 }]],
    ['/stages?select=id::text&id=eq.1', [{ id: '1' }]],
    ['/stages?select=id,label&id=eq.1', [{ id: 1, label: 'Main stage' }]],
    ['/stages?select=id&label=eq.Tent%20stage', [{ id: 2 }]],
    [
      '/acts?select=rider->water,rider->towels->>white,w:rider->food->0&id=eq.1',
      [{ water: 12, white: '6', w: 'rice' }],
    ],
    ['/acts?select=tags->0&id=eq.1', [{ tags: 'rock' }]],
    ['/acts?select=lower:starts->lower&id=eq.3', [{ lower: null }]],
    [
      `/${encodeURIComponent('odd "name, of (a) table')}?select="a.b,c",select,Größe`,
      [{ 'a.b,c': 1, select: 'x\'y"z\\w', Größe: 5 }],
    ],
    [
      `/${encodeURIComponent('odd "name, of (a) table')}?select=select&"a.b,c"=eq.1&select=eq.x'y"z\\w`,
      [{ select: 'x\'y"z\\w' }],
    ],
  ]
  test.each(cases)('%s', async (path, body) => {
    const answer = await festival.ask(path)
    expect(answer.status, answer.text).toBe(200)
    expect(answer.json).toEqual(body)
  })
})

describe('order and ranges', () => {
  test.each([
    ['order=name.desc', [1, 3, 2, 4]],
    ['order=fee', [2, 3, 1, 4]],
    ['order=fee.desc.nullslast', [1, 3, 2, 4]],
    ['order=fee.nullsfirst', [4, 2, 3, 1]],
    ['order=rider->water.desc.nullslast,id.desc', [1, 2, 4, 3]],
    ['order=stage_id.desc,id&limit=2', [4, 2]],
    ['order=id&limit=2&offset=1', [2, 3]],
  ])('%s', async (query, expected) => {
    const answer = await festival.ask(`/acts?select=id&${query}`)
    expect(answer.status, answer.text).toBe(200)
    expect(ids(answer.json)).toEqual(expected)
  })

  test('a range is a page, and a count makes it partial content', async () => {
    const answer = await festival.ask('/acts?select=id&order=id', { headers: { Range: '1-2', Prefer: 'count=exact' } })
    expect([answer.status, answer.headers.get('content-range')]).toEqual([206, '1-2/4'])
    expect(answer.headers.get('preference-applied')).toBe('count=exact')
    expect(ids(answer.json)).toEqual([2, 3])
  })

  test('without rows or a count the range is unknown', async () => {
    expect((await festival.ask('/acts?id=eq.0')).headers.get('content-range')).toBe('*/*')
    expect(
      (await festival.ask('/acts?id=eq.0', { headers: { Prefer: 'count=exact' } })).headers.get('content-range'),
    ).toBe('*/0')
  })

  test('a range beyond the end cannot be satisfied', async () => {
    const answer = await festival.ask('/acts?offset=10', { headers: { Prefer: 'count=exact' } })
    expect(answer.status).toBe(416)
    expect(answer.json).toMatchObject({ code: 'PGRST103' })
  })

  test.each(['planned', 'estimated'])('count=%s', async (kind) => {
    const answer = await festival.ask('/acts?limit=1', { headers: { Prefer: `count=${kind}` } })
    expect(answer.headers.get('content-range')).toMatch(/^0-0\/\d+$/)
    expect(answer.headers.get('preference-applied')).toBe(`count=${kind}`)
  })

  test('HEAD has the headers alone', async () => {
    const answer = await festival.ask('HEAD /acts', { headers: { Prefer: 'count=exact' } })
    expect([answer.status, answer.text, answer.headers.get('content-range')]).toEqual([200, '', '0-3/4'])
  })
})

describe('schemas', () => {
  test('a profile names one', async () => {
    const answer = await festival.ask('/stages', { headers: { 'Accept-Profile': 'archive' } })
    expect(answer.json).toEqual([{ id: 9, name: 'Old oak' }])
    expect(answer.headers.get('content-profile')).toBe('archive')
  })

  test('others are not there', async () => {
    const answer = await festival.ask('/payroll', { headers: { 'Accept-Profile': 'hidden' } })
    expect([answer.status, answer.json]).toMatchObject([406, { code: 'PGRST106' }])
    expect(answer.text).not.toContain('payroll')
  })
})
