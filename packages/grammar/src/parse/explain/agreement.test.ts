import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GrammarError } from '../grammar-error.js'
import { defaultLimits } from '../limits.js'
import { parseParameters } from '../parameters.js'
import { accepts, type Production } from './explain.js'

const pieces = [
  'a',
  'b',
  'count',
  'count()',
  'sum()',
  '*',
  ',',
  '.',
  ':',
  '::',
  '(',
  ')',
  '"',
  '\\',
  '->',
  '->>',
  '-',
  '1',
  '!',
  '!inner',
  '...',
  'eq',
  'not',
  'in',
  'is',
  'null',
  'and',
  'or',
  'any',
  '(any)',
  'fts',
  '(english)',
  '{',
  '}',
  ' ',
  'asc',
  'desc',
  'nullsfirst',
  'nullslast',
  'é',
  '$',
  '_',
]
const anyText = fc.array(fc.constantFrom(...pieces), { maxLength: 10 }).map((parts) => parts.join(''))
const likely = fc.constantFrom(
  'a.eq.1',
  'a->b->>0',
  'a:b(c,d)',
  'a.desc',
  'in.(1,2)',
  'eq.',
  '(a.eq.1,',
  'not.and(',
  'b()',
  ')',
)
const text = fc.oneof(
  anyText,
  fc.array(fc.oneof(likely, fc.constantFrom(...pieces)), { maxLength: 5 }).map((parts) => parts.join('')),
)

/** `or=a.eq.1` is a filter on a column `ora` to PostgREST, and a blank a name: neither is meant. */
function meant(production: Production, value: string): boolean {
  return !value.includes(' ') && (value.startsWith('(') || (production !== 'and' && production !== 'or'))
}

/** How the scanners may be more lenient than PostgREST: hints that start with `left`, blanks, indexes before `)`. */
function parameterOf(production: Production): string {
  return production === 'filter' ? 'column' : production
}

function scannersAccept(production: Production, value: string): boolean {
  try {
    parseParameters([[parameterOf(production), value]], false, defaultLimits)
    return true
  } catch (error) {
    if (error instanceof GrammarError) return false
    throw error
  }
}

describe('the scanners and the explaining grammar agree', () => {
  const productions = ['select', 'order', 'filter', 'and', 'or', 'columns', 'on_conflict'] as const

  test.each(productions)('what PostgREST accepts as %s is accepted', (production) => {
    fc.assert(
      fc.property(text, (value) => {
        fc.pre(meant(production, value))
        if (accepts(production, value)) expect(scannersAccept(production, value)).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })

  test.each(productions)('what is refused by PostgREST as %s is refused', (production) => {
    fc.assert(
      fc.property(text, (value) => {
        fc.pre(meant(production, value) && !value.includes('!') && !value.includes('*'))
        if (!accepts(production, value)) expect(scannersAccept(production, value)).toBe(false)
      }),
      { numRuns: 3_000 },
    )
  })
})
