import { expect, test } from 'vitest'
import { isDeeper } from './json-depth.js'

const bytes = (text: string) => new TextEncoder().encode(text)
const nested = (depth: number) => `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`

test.each([
  ['nothing', '', false],
  ['as deep as allowed', nested(10), false],
  ['deeper', nested(12), true],
  ['one after another', `[${'[],'.repeat(50)}{}]`, false],
  ['brackets in a text', JSON.stringify('['.repeat(50)), false],
  ['behind quotes that are escaped', `{"a":"\\"${'['.repeat(50)}"}`, false],
  ['behind a backslash that is escaped', `["\\\\",${nested(12)}]`, true],
  ['a text without an end', `"${'['.repeat(50)}`, false],
  ['never closed', '['.repeat(50), true],
])('%s', (_, json, deeper) => {
  expect(isDeeper(bytes(json), 10)).toBe(deeper)
})

// Quadratic time would run into the test's time limit.
test('long texts of backslashes', () => {
  expect(isDeeper(bytes(`["${'\\'.repeat(4_000_000)}"]`), 10)).toBe(false)
  expect(isDeeper(bytes(`["${'\\"'.repeat(2_000_000)}"]`), 10)).toBe(false)
})
