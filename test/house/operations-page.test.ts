import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const page = readFileSync(new URL('docs/operations.md', root), 'utf8')

test('every test that docs/operations.md names is there', () => {
  const named = [...page.matchAll(/`((?:test|packages)\/[\w./-]+\.ts)`: (.+?)\)?(?: \||$)/gm)]
  expect(named.length).toBeGreaterThan(35)
  const missing = named.filter(
    ([, file = '', title = '']) => !readFileSync(new URL(file, root), 'utf8').includes(title),
  )
  expect(missing.map(([all]) => all)).toEqual([])
})
