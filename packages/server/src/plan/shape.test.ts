import { describe, expect, test } from 'vitest'
import { parsedRequest } from './parsed.fixture.js'
import { shapeOf } from './shape.js'

function shape(request: string, body?: unknown) {
  return shapeOf(parsedRequest(request, body))
}

describe('requests of one shape', () => {
  test.each([
    ['/acts?id=eq.1', '/acts?id=eq.2'],
    ['/acts?name=in.(a,b)', '/acts?name=in.(c)'],
    ['/acts?limit=1&offset=2', '/acts?limit=30&offset=40'],
    ['/acts?or=(id.eq.1,name.like.a)', '/acts?or=(id.eq.2,name.like.b)'],
    ['/rpc/add?a=1', '/rpc/add?a=2'],
  ])('%s and %s', (a, b) => {
    expect(shape(a).key).toBe(shape(b).key)
  })

  test('bodies with the same keys', () => {
    expect(shape('POST /acts', { id: 1 }).key).toBe(shape('POST /acts', { id: 2 }).key)
  })
})

describe('requests of different shapes', () => {
  test.each([
    ['/acts?id=eq.1', '/acts?id=gt.1'],
    ['/acts?id=eq.1', '/acts?id=not.eq.1'],
    ['/acts?id=is.null', '/acts?id=is.true'],
    ['/acts?select=id', '/acts?select=id,id'],
    ['/acts?select=a:id', '/acts?select=id'],
    ['/acts?select=rider->a', '/acts?select=rider->>a'],
    ['/acts?select=rider->1', '/acts?select=rider->"1"'],
    ['/acts?and=(id.eq.1,or(id.eq.2,id.eq.3))', '/acts?and=(id.eq.1,id.eq.2)&or=(id.eq.3,id.eq.4)'],
    ['/acts?select=stages(id)', '/acts?select=...stages(id)'],
    ['/acts?select=stages(id)&stages.id=eq.1', '/acts?select=stages(id)&id=eq.1'],
    ['/acts?order=id', '/acts?order=id.desc'],
    ['/acts', '/acts?limit=1'],
    ['/acts | text/csv', '/acts'],
    ['/acts | | count=exact', '/acts'],
    ['/acts?select=ab,c', '/acts?select=a,bc'],
    ['HEAD /acts', '/acts'],
    ['/rpc/add?a=1&b=1', '/rpc/add?a=1'],
    ['/acts | | handling=strict, x=1', '/acts | | handling=strict'],
  ])('%s and %s', (a, b) => {
    expect(shape(a).key).not.toBe(shape(b).key)
  })
})

test('literals are in the order of the statement’s numbers', () => {
  const { literals } = shape('/acts?select=id,stages(id)&stages.name=eq.x&id=fts(english).y&limit=3')
  expect(literals).toEqual(['x', 'y', 'english', '3'])
})
