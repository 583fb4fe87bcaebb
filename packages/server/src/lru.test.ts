import { expect, test } from 'vitest'
import { Lru } from './lru.js'

test('forgets what was used least recently', () => {
  const cache = new Lru<string, number>({ entries: 2 })
  cache.set('a', 1)
  cache.set('b', 2)
  expect(cache.get('a')).toBe(1)
  cache.set('c', 3)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3])
})

test('forgets as much as weighs too much', () => {
  const cache = new Lru<string, string>({ entries: 10, weight: 10 }, (text) => text.length)
  for (const text of ['aaaa', 'bbbb', 'cccc']) cache.set(text, text)
  expect([cache.get('aaaa'), cache.get('bbbb'), cache.get('cccc')]).toEqual([undefined, 'bbbb', 'cccc'])
})

test('a value that is replaced weighs once', () => {
  const cache = new Lru<string, string>({ entries: 10, weight: 10 }, (text) => text.length)
  for (let round = 0; round < 5; round++) cache.set('a', 'aaaaaa')
  cache.set('b', 'bbbb')
  expect([cache.get('a'), cache.get('b')]).toEqual(['aaaaaa', 'bbbb'])
})
