import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Festival, openFestival } from './festival.js'

let festival: Festival
beforeAll(async () => {
  festival = await openFestival({
    dbAggregatesEnabled: true,
    prepare: `
      CREATE TABLE fest.flown (id integer PRIMARY KEY, flag_id integer REFERENCES fest.flags);
      INSERT INTO fest.flown VALUES (1, 1), (2, 2), (3, NULL);
      GRANT SELECT ON fest.flown TO visitor;
      GRANT INSERT ON fest.flown TO visitor;`,
  })
})
afterAll(() => festival?.close())

describe('embedded rows are json', () => {
  test('keys come in the order selected, values as PostgreSQL prints them', async () => {
    const one = await festival.ask('/stages?id=eq.1&select=name,acts(starts,name,fee,id)')
    const starts = String.raw`"[\"2030-06-01 20:00:00+00\",\"2030-06-01 22:00:00+00\")"`
    expect(one.text).toBe(`[{"name":"Main","acts":[{"starts":${starts},"name":"The Loud","fee":2500.00,"id":1}]}]`)
  })

  test('of one row as well', async () => {
    const answer = await festival.ask('/acts?id=eq.1&select=stages(open,name,id)')
    expect(answer.text).toBe('[{"stages":{"open":true,"name":"Main","id":1}}]')
  })

  test('an embedded jsonb stays as it is stored', async () => {
    const answer = await festival.ask('/stages?id=eq.2&select=acts(rider)&acts.id=eq.2')
    expect(answer.text).toBe('[{"acts":[{"rider":{"water": 3}}]}]')
  })

  test('rows may be grouped by them', async () => {
    const answer = await festival.ask('/acts?select=id.count(),stages(name,id)&stages=not.is.null')
    expect(new Set(answer.json as object[])).toEqual(
      new Set([
        { count: 1, stages: { name: 'Main', id: 1 } },
        { count: 2, stages: { name: 'Tent', id: 2 } },
      ]),
    )
  })

  test('nulls may be stripped in them', async () => {
    const headers = { Accept: 'application/vnd.pgrst.array+json;nulls=stripped' }
    const answer = await festival.ask('/stages?id=eq.3&select=name,capacity,acts(id)', { headers })
    expect(answer.json).toEqual([{ name: 'Barn', acts: [] }])
    const inside = await festival.ask('/acts?id=eq.3&select=stages(name,capacity),members(instrument)', { headers })
    expect(inside.json).toEqual([{ stages: { name: 'Tent', capacity: 800 }, members: [{}] }])
  })

  test('they have representations of domains', async () => {
    const answer = await festival.ask('/flown?select=id,flags(colour,id)&order=id')
    expect(answer.json).toEqual([
      { id: 1, flags: { colour: '#0000FF', id: 1 } },
      { id: 2, flags: { colour: '#FF0000', id: 2 } },
      { id: 3, flags: null },
    ])
  })
})

describe('order by a column of a to-one embed that is not shown', () => {
  test.each<[string, unknown]>([
    ['/acts?id=lt.4&select=id,stages(id)&order=stages(name).desc,id', [2, 3, 1]],
    ['/acts?id=lt.4&select=id,stages(name)&order=stages(id).desc,id', [2, 3, 1]],
    ['/acts?id=lt.4&select=id,stages()&order=stages(name).desc,id', [2, 3, 1]],
    ['/acts?id=lt.4&select=id,stages(*)&order=stages(name).desc,id', [2, 3, 1]],
    ['/acts?id=lt.4&select=id,...stages(stage:id)&order=stages(name).desc,id', [2, 3, 1]],
    ['/acts?id=lt.4&select=id,stages(n:name)&order=stages(name).desc,id', [2, 3, 1]],
    ['/acts?id=lt.4&select=id,stages(capacity:capacity::text)&order=stages(capacity),id', [2, 3, 1]],
    // computed fields, and paths into JSON
    ['/acts?id=lt.4&select=id,stages(id)&order=stages(label).desc,id', [2, 3, 1]],
    ['/managers?select=act_id,acts(id)&order=acts(rider->water).desc.nullslast', 'any'],
    ['/members?select=person_id,acts(id)&order=acts(rider->>water),person_id&act_id=lt.3', 'any'],
    ['/flown?select=id,flags(id)&order=flags(colour).desc.nullslast', [2, 1, 3]],
    ['/flown?select=id,flags(colour)&order=flags(colour).desc.nullslast', [2, 1, 3]],
  ])('%s', async (path, ids) => {
    const answer = await festival.ask(path, { as: 'crew' })
    if (path.startsWith('/flown')) return expectIds((await festival.ask(path)).json, ids)
    expect(answer.status).toBe(200)
    if (ids !== 'any') expectIds(answer.json, ids)
  })

  function expectIds(rows: unknown, ids: unknown): void {
    expect((rows as { id: number }[]).map(({ id }) => id)).toEqual(ids)
  }

  test('shows nothing of it', async () => {
    const shown = await festival.ask('/acts?select=id,stages(id)&order=stages(name).desc.nullsfirst,id&id=gt.2')
    expect(shown.text).toBe('[{"id":4,"stages":null}, \n {"id":3,"stages":{"id":2}}]')
    const spread = await festival.ask('/acts?select=...stages(*)&order=stages(label)&id=eq.1')
    expect(spread.json).toEqual([{ id: 1, name: 'Main', capacity: 5000, open: true }])
    const none = await festival.ask('/acts?select=id,stages()&order=stages(name)&id=eq.1')
    expect(none.json).toEqual([{ id: 1 }])
  })

  test('inside of an embed, of what a write gives back, and of a call', async () => {
    const inside = await festival.ask('/people?select=members(acts(id))&members.order=acts(name).desc&id=eq.2')
    expect(inside.json).toEqual([{ members: [{ acts: { id: 1 } }, { acts: { id: 2 } }] }])
    const written = await festival.ask('POST /flown?select=id,flags(id)&order=flags(colour).desc', {
      headers: { Prefer: 'return=representation, tx=rollback' },
      body: [
        { id: 10, flag_id: 1 },
        { id: 11, flag_id: 2 },
      ],
    })
    expect(written.json).toEqual([
      { id: 11, flags: { id: 2 } },
      { id: 10, flags: { id: 1 } },
    ])
    const called = await festival.ask('/rpc/acts_on?stage=2&select=id,stages(id)&order=stages(name),id.desc')
    expect(called.json).toEqual([
      { id: 3, stages: { id: 2 } },
      { id: 2, stages: { id: 2 } },
    ])
  })

  test('inner, limited and counted', async () => {
    const headers = { Prefer: 'count=exact' }
    const answer = await festival.ask('/acts?select=id,stages!inner(id)&order=stages(name).desc,id&limit=2', {
      headers,
    })
    expect([answer.json, answer.headers.get('content-range')]).toEqual([
      [
        { id: 2, stages: { id: 2 } },
        { id: 3, stages: { id: 2 } },
      ],
      '0-1/3',
    ])
  })
})

describe('CSV', () => {
  const csv = { Accept: 'text/csv' }
  test.each([
    ['/stages?select=id,n:name,open&order=id', 'id,n,open\n1,Main,t\n2,Tent,f\n3,Barn,'],
    ['/stages?id=eq.99', '\n'],
    ['/acts?select=id,stages(id,name)&id=in.(1,4)&order=id', 'id,stages\n1,"{""id"":1,""name"":""Main""}"\n4,'],
    ['/rpc/names', 'pgrst_scalar\nMain\nTent\nBarn'],
    ['/rpc/extent', 'low,high\n1,9'],
    ['/rpc/one_stage?id=1&select=name', 'name\nMain'],
    ['/rpc/rows_of?n=2&limit=1&order=i.desc', 'i,square\n2,4'],
    ['/acts?select=fee.sum()', 'sum\n4600.50'],
  ])('%s', async (path, text) => {
    expect((await festival.ask(path, { headers: csv })).text).toBe(text)
  })

  test('of what a write gives back, with a count', async () => {
    const answer = await festival.ask('PATCH /notes?id=lt.3&select=id,state&order=id', {
      headers: { ...csv, Prefer: 'return=representation, count=exact, tx=rollback' },
      body: { state: 'x, y' },
    })
    expect([answer.text, answer.headers.get('content-range')]).toEqual(['id,state\n1,"x, y"\n2,"x, y"', '0-1/2'])
  })
})
