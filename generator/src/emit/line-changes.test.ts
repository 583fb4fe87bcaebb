import { expect, test } from 'vitest'
import { lineChanges } from './line-changes.js'

test.each([
  ['a\nb\n', 'a\nb\n', [], []],
  ['a\nb\n', 'a\nb\nc\n', ['c'], []],
  ['a\nb\nb\n', 'a\nb\n', [], ['b']],
  ['a\nb\n', 'b\n\na\n', [], []],
  ['  id: number\n', '  id: string\n', ['  id: string'], ['  id: number']],
  ['', '__proto__\nconstructor\n', ['__proto__', 'constructor'], []],
])('%j → %j', (before, after, added, removed) => {
  expect(lineChanges(before, after)).toEqual({ added, removed })
})
