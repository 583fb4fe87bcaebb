import { expect, test } from 'vitest'
import type { Parameter } from '../compile/statement.js'
import { bindParameters } from './bind.js'

const literals = ['a*b', ['x', 'y,"z'], [''], '50', '7']

test.each<[parameter: Parameter, bound: string]>([
  [{ from: 'literal', slot: 0, form: 'text' }, 'a*b'],
  [{ from: 'literal', slot: 0, form: 'pattern' }, 'a%b'],
  [{ from: 'literal', slot: 1, form: 'list' }, '{"x","y,\\"z"}'],
  [{ from: 'literal', slot: 2, form: 'list' }, '{}'],
  [{ from: 'limit', slot: 3, maximum: 10 }, '10'],
  [{ from: 'limit', slot: 4, maximum: 10 }, '7'],
  [{ from: 'limit', slot: 3, maximum: null }, '50'],
  [{ from: 'variadic', slots: [3, 4] }, '{"50","7"}'],
])('%j', (parameter, bound) => {
  expect(bindParameters([parameter], literals, null)).toEqual([bound])
})

test('a body is text, or the bytes that came', () => {
  const payload = { kind: 'raw', columns: [], content: new Uint8Array([0, 255]) } as const
  expect(bindParameters([{ from: 'body', binary: true }], [], payload)).toEqual([Buffer.from([0, 255])])
  const json = { kind: 'object', columns: [], content: '{"a":1}' } as const
  expect(bindParameters([{ from: 'body', binary: false }], [], json)).toEqual(['{"a":1}'])
})
