import { expect, test } from 'vitest'
import { translateLike, translatePattern } from './translate-pattern.js'

test.each([
  ['^[a-z0-9]+(-[a-z0-9]+)*$', '^[a-z0-9]+(?:\\x2d[a-z0-9]+)*$'],
  ['^[^@\\s]+$', '^[^@\\s]+$'],
  ['^[]a-]+$', '^[\\]a\\x2d]+$'],
  ['a{2,3}b{', 'a{2,3}b\\{'],
  ['\\Aab\\Z', '^ab$'],
  ['(?:a|b)(?=c)', '(?:a|b)(?=c)'],
  ['\\/\\-\\.', '\\/\\x2d\\.'],
  ['a/b', 'a\\/b'],
])('%s', (text, source) => {
  expect(translatePattern(text, false)?.source).toBe(source)
})

test.each([
  '(a)\\1',
  '(?i)a',
  '***=a',
  '[[.a.]]',
  '[[=a=]]',
  '\\mword',
  '[[:<:]]',
  'a\\x41',
  '[a',
  '*a',
  '\\',
  '(',
  '\\B',
])('%s does not mean the same, or is not known to', (text) => {
  expect(translatePattern(text, false)).toBe(null)
})

test('what the locale decides is told', () => {
  expect(translatePattern('^a$', false)?.doubtful).toBe('')
  expect(translatePattern('\\w', false)?.doubtful).not.toBe('')
  expect(translatePattern('a', true)?.doubtful).not.toBe('')
  expect(translatePattern('é', true)).toBe(null)
})

test.each([
  ['a%b_', '^a.*b.$'],
  ['50\\%', '^50%$'],
  ['a.b', '^a\\.b$'],
])('LIKE %s', (text, source) => {
  expect(translateLike(text, false)?.source).toBe(source)
})

test('a LIKE pattern does not end in an escape', () => {
  expect(translateLike('a\\', false)).toBe(null)
  expect(translateLike('a\\\\', false)?.source).toBe('^a\\\\$')
})
