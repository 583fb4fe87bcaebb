import { describe, expect, test } from 'vitest'
import { explain, type Production } from './explain.js'

const cases: readonly (readonly [Production, string, number, string])[] = [
  ['filter', '0', 1, 'unexpected "0" expecting "not" or operator (eq, gt, ...)'],
  ['filter', 'noop.0', 1, 'unexpected "o" expecting "not" or operator (eq, gt, ...)'],
  ['filter', 'eq().value', 4, 'unexpected ")" expecting operator (eq, gt, ...)'],
  ['filter', 'is().value', 3, 'unexpected "(" expecting operator (eq, gt, ...)'],
  ['filter', 'fts().value', 5, 'unexpected ")" expecting operator (eq, gt, ...)'],
  [
    'or',
    '()',
    4,
    'unexpected ")" expecting field name (* or [a..z0..9_$]), negation operator (not) or logic operator (and, or)',
  ],
  ['or', '(id.in.1,2,id.eq.3)', 10, 'unexpected "1" expecting "("'],
  ['or', ')(', 3, 'unexpected ")" expecting "("'],
  ['and', '(ord(id.eq.1,id.eq.1),id.eq.2)', 7, 'unexpected "d" expecting "("'],
  ['or', '(id.eq.1,not.xor(id.eq.2,id.eq.3))', 16, 'unexpected "x" expecting logic operator (and, or)'],
  ['select', 'data->>--34', 9, 'unexpected "-" expecting digit'],
  ['select', 'data->>-78xy', 11, `unexpected 'x' expecting digit, "->", "::", ".", "," or end of input`],
  [
    'select',
    'id,clients(name[])',
    16,
    `unexpected '[' expecting letter, digit, "-", "->>", "->", "::", ".", ")", "," or end of input`,
  ],
  ['select', 'name::', 7, 'unexpected end of input expecting letter or digit'],
  ['order', 'id.ac', 4, 'unexpected "c" expecting "asc", "desc", "nullsfirst" or "nullslast"'],
  ['order', 'id.descc', 8, `unexpected 'c' expecting delimiter (.), "," or end of input`],
  ['order', 'id.asc.nlsfst', 8, 'unexpected "l" expecting "nullsfirst" or "nullslast"'],
  ['order', 'id.asc.nullslasttt', 17, `unexpected 't' expecting "," or end of input`],
  [
    'order',
    'clients(name,id)',
    8,
    `unexpected '(' expecting letter, digit, "-", "->>", "->", delimiter (.), "," or end of input`,
  ],
]

describe('explain words a refusal as PostgREST does', () => {
  test.each(cases)('%s %s', (production, text, column, details) => {
    const explained = explain(production, text)
    expect(explained.details).toBe(details)
    expect(explained.message).toMatch(new RegExp(`^"failed to parse .*" \\(line 1, column ${column}\\)$`))
  })

  test('a long text is neither explained nor echoed', () => {
    const { message } = explain('select', '('.repeat(1_000_000))
    expect(message.length).toBeLessThan(300)
  })
})
