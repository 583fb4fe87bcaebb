import type { InsertQuery } from '@rolecast/grammar'
import { describe, expect, test } from 'vitest'
import { payloadOf } from './payload.js'

function insert(type: string, content: string, columns: string[] | null = null): InsertQuery {
  return {
    kind: 'insert',
    relation: 'acts',
    body: { type, content },
    columns,
    onConflict: null,
    selection: { items: [], where: [], order: [], limit: null, offset: null },
    profile: null,
    preferences: {},
    accept: [],
  }
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
    [
      'application/x-www-form-urlencoded',
      'b=1&a=x+y',
      null,
      { kind: 'object', columns: ['a', 'b'], content: '{"b":"1","a":"x y"}' },
    ],
  ])('%s %j', (type, content, columns, expected) => {
    expect(payloadOf(insert(type, content, columns))).toMatchObject(expected)
  })

  test.each([
    ['application/json', '', 'Empty or invalid json'],
    ['application/json', '{', 'Empty or invalid json'],
    ['application/json', '[{"a":1},{"b":1}]', 'All object keys must match'],
    ['application/json', '[1]', 'All object keys must match'],
    ['text/csv', 'a,b\n1', 'All lines must have same number of fields'],
    ['image/png', 'x', 'Content-Type not acceptable: image/png'],
  ])('%s %j: %s', (type, content, message) => {
    expect(() => payloadOf(insert(type, content))).toThrow(expect.objectContaining({ code: 'PGRST102', message }))
  })
})
