import { expect, test } from 'vitest'
import { makeKey } from './make-key.js'

test('no name of a new key looks like an option', async () => {
  // One thumbprint in 64 begins with a hyphen.
  const keys = await Promise.all(Array.from({ length: 600 }, () => makeKey('HS256', 'signs', '2026-01-01T00:00:00Z')))
  expect(keys.filter(({ kid }) => kid.startsWith('-'))).toEqual([])
  expect(new Set(keys.map(({ kid }) => kid)).size).toBe(600)
})
