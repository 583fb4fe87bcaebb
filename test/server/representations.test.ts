import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Festival, openFestival } from './festival.js'

let festival: Festival
beforeAll(async () => {
  festival = await openFestival({ dbTxEnd: 'rollback', dbPlanEnabled: true })
})
afterAll(() => festival?.close())

const accepting = (type: string) => ({ headers: { Accept: type } })

describe('media types', () => {
  test.each([
    ['/stages?select=id,name&id=lt.3&order=id', 'text/csv', 'text/csv; charset=utf-8', 'id,name\n1,Main\n2,Tent'],
    [
      '/stages?select=id&id=eq.1',
      'application/vnd.pgrst.object+json',
      'application/vnd.pgrst.object+json; charset=utf-8',
      '{"id":1}',
    ],
    [
      '/stages?select=id,open&id=eq.3',
      'application/vnd.pgrst.array+json;nulls=stripped',
      'application/vnd.pgrst.array+json;nulls=stripped; charset=utf-8',
      '[{"id":3}]',
    ],
    ['/stages?order=id', 'text/plain', 'text/plain; charset=utf-8', 'Main\nTent\nBarn\n'],
    ['/acts', 'application/vnd.count', 'application/vnd.count', '4'],
    ['/stages?select=id&id=eq.1', 'text/html, application/json;q=0.5', 'application/json; charset=utf-8', '[{"id":1}]'],
  ])('%s as %s', async (path, accept, type, text) => {
    const answer = await festival.ask(path, accepting(accept))
    expect([answer.status, answer.headers.get('content-type'), answer.text]).toEqual([200, type, text])
  })

  test('bytes', async () => {
    const response = await festival.server.fetch(new Request('http://f/rpc/dot', accepting('image/dot')))
    expect(response.headers.get('content-type')).toBe('image/dot')
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255, 10])
  })

  test.each(['image/png', 'text/plain'])('%s of what has none', async (type) => {
    const answer = await festival.ask('/acts', accepting(type))
    expect([answer.status, answer.json]).toMatchObject([406, { code: 'PGRST107' }])
  })

  test.each([
    ['/stages', 'The result contains 3 rows'],
    ['/stages?id=eq.0', 'The result contains 0 rows'],
  ])('%s is no single object', async (path, details) => {
    const answer = await festival.ask(path, accepting('application/vnd.pgrst.object+json'))
    expect([answer.status, answer.json]).toMatchObject([406, { code: 'PGRST116', details }])
  })
})

describe('plans', () => {
  test('as JSON, with options', async () => {
    const type = 'application/vnd.pgrst.plan+json; for="application/json"; options=analyze|verbose'
    const answer = await festival.ask('/stages', accepting(type))
    expect(answer.headers.get('content-type')).toBe(`${type}; charset=utf-8`)
    expect(answer.json).toMatchObject([{ Plan: { 'Actual Loops': 1, Output: expect.anything() } }])
  })

  test('as text, of a write that does not happen', async () => {
    const answer = await festival.ask('DELETE /notes', accepting('application/vnd.pgrst.plan'))
    expect(answer.text).toContain('Delete on')
    expect((await festival.ask('/notes')).json).toHaveLength(3)
  })

  test('only where they are allowed', async () => {
    const strict = await openFestival()
    try {
      expect((await strict.ask('/stages', accepting('application/vnd.pgrst.plan'))).status).toBe(406)
    } finally {
      await strict.close()
    }
  })
})

describe('domains with a representation', () => {
  test('are written and read in it', async () => {
    expect((await festival.ask('/flags?order=id')).json).toEqual([
      { id: 1, colour: '#0000FF' },
      { id: 2, colour: '#FF0000' },
    ])
    expect((await festival.ask('/flags?select=c:colour&id=eq.1')).json).toEqual([{ c: '#0000FF' }])
    expect((await festival.ask('/flags?select=id&colour=eq.%23ff0000')).json).toEqual([{ id: 2 }])
    expect((await festival.ask('/flags?select=id&colour=in.(%23ff0000,%230000ff)&order=id')).json).toHaveLength(2)
    const written = await festival.ask('POST /flags', {
      headers: { Prefer: 'return=representation' },
      body: { id: 3, colour: '#00002a' },
    })
    expect([written.status, written.json]).toEqual([201, [{ id: 3, colour: '#00002A' }]])
  })
})
