import { describe, expect, test } from 'vitest'
import { type Payload, readArguments, readRows } from './payload.js'
import { atOnce, inSlices } from './slices.js'

function rows(type: string, content: string, columns: string[] | null = null): Payload {
  const payload = atOnce(readRows({ type, content }, { columns, jsonDepth: 100 }))
  return withText(payload)
}

function called(type: string, content: string, columns: string[] | null = null): Payload {
  return withText(atOnce(readArguments({ type, content }, { columns, jsonDepth: 100 })))
}

function withText(payload: Payload): Payload {
  return 'content' in payload && typeof payload.content !== 'string'
    ? ({ ...payload, content: Buffer.from(payload.content).toString() } as unknown as Payload)
    : payload
}

describe('the columns of a body', () => {
  test.each<[type: string, content: string, columns: string[] | null, expected: object]>([
    ['application/json', '{"b":1,"a":2}', null, { kind: 'object', columns: ['a', 'b'], content: '{"b":1,"a":2}' }],
    ['application/json', '[{"a":1},{"a":2}]', null, { kind: 'array', columns: ['a'] }],
    ['application/json', '[]', null, { kind: 'array', columns: [] }],
    ['application/json', '"text"', null, { kind: 'array', columns: [], content: '[]' }],
    ['application/json', '{"a":1,"a":2}', null, { columns: ['a'], content: '{"a":1,"a":2}' }],
    ['application/json', '{"__proto__":1}', null, { columns: ['__proto__'] }],
    ['application/json', ' \n{"any thing', ['a'], { kind: 'object', columns: ['a'], content: ' \n{"any thing' }],
    ['application/json', '{"a":1.00000000000000000000001}', null, { content: '{"a":1.00000000000000000000001}' }],
    ['text/csv', 'a,b\n1,NULL', null, { kind: 'array', columns: ['a', 'b'], content: '[{"a":"1","b":null}]' }],
    // lines may end with CR alone; blank ones are none; a header alone names columns of no row
    ['text/csv', 'id,t\r900,a\r901,b\r', null, { content: '[{"id":"900","t":"a"},{"id":"901","t":"b"}]' }],
    ['text/csv', '\n\nid,t\n902,a\n\n', null, { content: '[{"id":"902","t":"a"}]' }],
    ['text/csv', 'id,t\n', null, { kind: 'array', columns: ['id', 't'], content: '[]' }],
    ['text/csv', 'id\n""\n', null, { content: '[{"id":""}]' }],
    ['text/csv', 'id,t\n1,"a ""b"",\r\n"', null, { content: JSON.stringify([{ id: '1', t: 'a "b",\r\n' }]) }],
    // `columns` takes some of them, in any order
    ['text/csv', 'a,b,c\n1,2,3', ['c', 'a'], { columns: ['c', 'a'] }],
    ['application/x-www-form-urlencoded', 'b=1&a=2', ['b'], { columns: ['b'] }],
    [
      'application/x-www-form-urlencoded',
      'b=1&a=x+y',
      null,
      { kind: 'object', columns: ['a', 'b'], content: '{"b":"1","a":"x y"}' },
    ],
  ])('%s %j', (type, content, columns, expected) => {
    expect(rows(type, content, columns)).toMatchObject(expected)
  })

  test.each([
    ['application/json', '', 'Empty or invalid json'],
    ['application/json', '{', 'Empty or invalid json'],
    ['application/json', '[{"a":1},{"b":1}]', 'All object keys must match'],
    ['application/json', '[1]', 'All object keys must match'],
    ['text/csv', 'a,b\n1', 'All lines must have same number of fields'],
    ['text/csv', 'a,b\n1,2,3', 'All lines must have same number of fields'],
    ['text/csv', '', 'not enough input'],
    ['text/csv', '\n\r\n', 'not enough input'],
    ['text/csv', '[{"id":900,"t":"a"}]', 'The body is not CSV'],
    ['text/csv', 'a,b\n1,x"y"', 'The body is not CSV'],
    ['text/csv', 'a,b\n1,"y', 'The body is not CSV'],
    ['text/csv', 'a,b\n1,"y"z', 'The body is not CSV'],
    ['text/csv', 'a,a\n1,2', 'The body is not CSV'],
    ['application/json', '[{"a":1},]', 'Empty or invalid json'],
    ['application/json', '[{"a":1}}', 'Empty or invalid json'],
    ['application/json', '[{"a":1}] 2', 'Empty or invalid json'],
    ['application/json', '[{"a":"1}]', 'Empty or invalid json'],
    ['image/png', 'x', 'Content-Type not acceptable: image/png'],
  ])('%s %j: %s', (type, content, message) => {
    expect(() => rows(type, content)).toThrow(expect.objectContaining({ code: 'PGRST102', message }))
  })
})

test('a message about CSV has the line', () => {
  expect(() => rows('text/csv', 'a,b\r\n1,2\r\n3,x"')).toThrow(
    expect.objectContaining({ details: 'Line 3: a quote stands in a field that is not quoted.' }),
  )
})

describe('what a function is called with', () => {
  test.each<[type: string, content: string, columns: string[] | null, expected: object]>([
    ['application/json', '[1,2]', null, { kind: 'value', isUneven: true, content: '[1,2]' }],
    ['application/json', '[{"a":1},{"b":1}]', null, { kind: 'value', isUneven: true }],
    ['application/json', '"s"', null, { kind: 'value', isUneven: false, content: '"s"' }],
    ['application/json', ' null ', null, { kind: 'value', isUneven: false, content: ' null ' }],
    ['application/json', '', null, { kind: 'object', columns: [], content: '' }],
    ['text/csv', 'a,b\n1,2', ['b'], { kind: 'array', columns: ['b'] }],
    ['application/x-www-form-urlencoded', 'a=1&b=2', ['b'], { kind: 'form', columns: ['b'], fields: [['b', '2']] }],
  ])('%s %j', (type, content, columns, expected) => {
    expect(called(type, content, columns)).toMatchObject(expected)
  })
})

describe('a large body', () => {
  const many = Array.from({ length: 20_000 }, (_, id) => ({ id, text: `a "b", [${id}]{` }))
  const json = (items: readonly unknown[]) => ({ type: 'application/json', content: JSON.stringify(items) })
  const options = { columns: null, jsonDepth: 100 }

  test('is read in slices, as it is read at once', async () => {
    let pauses = 0
    const counted = function* () {
      const work = readRows(json(many), options)
      for (let step = work.next(); ; step = work.next()) {
        if (step.done === true) return step.value
        pauses += 1
        yield
      }
    }
    expect(await inSlices(counted())).toMatchObject({ kind: 'array', columns: ['id', 'text'] })
    expect(pauses).toBeGreaterThan(5)
  })

  test.each([
    ['keys that differ at its end', [...many, { id: 1 }], 'All object keys must match'],
    [
      'something else than an object in its middle',
      [...many.slice(0, 9_000), 7, ...many.slice(9_000)],
      'All object keys must match',
    ],
  ])('with %s is refused', (_, items, message) => {
    expect(() => atOnce(readRows(json(items), options))).toThrow(expect.objectContaining({ message }))
  })

  test('that is cut off is refused', () => {
    const content = JSON.stringify(many).slice(0, -7)
    expect(() => atOnce(readRows({ type: 'application/json', content }, options))).toThrow('Empty or invalid json')
  })
})
