import { describe, expect, test } from 'vitest'
import { parseAccept } from './accept.js'
import { GrammarError } from './grammar-error.js'
import { defaultLimits } from './limits.js'
import { parseParameters } from './parameters.js'
import { parsePreferences } from './preferences.js'
import { parseQueryString } from './query-string.js'
import { restrictRange } from './range.js'

const read = (name: string, value: string, allowArguments = false) =>
  parseParameters([[name, value]], allowArguments, defaultLimits)
const filterOf = (value: string) => read('a', value).where[0]?.value
const conditionOf = (value: string) => read('and', value).where[0]?.value
const itemsOf = (value: string) => read('select', value).select
const field = (name: string) => ({ name, path: [] })
const plain = { cast: null, aggregate: null, aggregateCast: null, alias: null }

describe('select', () => {
  test.each([
    ['*', { kind: 'all' }],
    ['"*"', { ...plain, kind: 'field', field: field('*') }],
    [' a b ', { ...plain, kind: 'field', field: field('a b') }],
    ['a-b', { ...plain, kind: 'field', field: field('a-b') }],
    ['"a,b"', { ...plain, kind: 'field', field: field('a,b') }],
    ['"a\\"b\\\\"', { ...plain, kind: 'field', field: field('a"b\\') }],
    ['x:a::text', { ...plain, kind: 'field', field: field('a'), alias: 'x', cast: 'text' }],
    ['count()', { ...plain, kind: 'field', field: null, aggregate: 'count' }],
    [
      'x:count()::text',
      { ...plain, kind: 'field', field: null, alias: 'x', aggregate: 'count', aggregateCast: 'text' },
    ],
    ['count', { ...plain, kind: 'field', field: field('count') }],
    [
      'a::int.sum()::text',
      { ...plain, kind: 'field', field: field('a'), cast: 'int', aggregate: 'sum', aggregateCast: 'text' },
    ],
  ])('%s', (text, item) => {
    expect(itemsOf(text)).toEqual([item])
  })

  test.each([
    ['a->b', [{ arrow: '->', operand: 'b' }]],
    ['a->>0', [{ arrow: '->>', operand: 0 }]],
    ['a->-1', [{ arrow: '->', operand: -1 }]],
    [
      'a->0->b->>c',
      [
        { arrow: '->', operand: 0 },
        { arrow: '->', operand: 'b' },
        { arrow: '->>', operand: 'c' },
      ],
    ],
    ['a->"0"', [{ arrow: '->', operand: '0' }]],
    ['a->0th', [{ arrow: '->', operand: '0th' }]],
    ['a->b-c', [{ arrow: '->', operand: 'b-c' }]],
    ['a->!@#$%^&*_a', [{ arrow: '->', operand: '!@#$%^&*_a' }]],
    ['a->99999999999999999999', [{ arrow: '->', operand: 99_999_999_999 }]],
  ])('path %s', (text, path) => {
    expect(itemsOf(text)).toMatchObject([{ field: { name: 'a', path } }])
  })

  test.each([
    ['b()', { target: 'b', alias: null, hint: null, join: null, spread: false }],
    ['x:b!c!inner(*)', { target: 'b', alias: 'x', hint: 'c', join: 'inner' }],
    ['b!inner!c(*)', { target: 'b', hint: 'c', join: 'inner' }],
    ['b!left(*)', { target: 'b', hint: null, join: 'left' }],
    ['b!"left"(*)', { target: 'b', hint: 'left', join: null }],
    ['b!left_fk(*)', { target: 'b', hint: 'left_fk', join: null }],
    ['...b!c(d)', { target: 'b', hint: 'c', spread: true }],
    ['"count"(*)', { target: 'count' }],
  ])('embed %s', (text, embed) => {
    expect(itemsOf(text)).toMatchObject([{ kind: 'embed', ...embed }])
  })

  test('embeds in embeds', () => {
    expect(itemsOf('id, b(c, ...d(*) ,e:f(g->0))')).toMatchObject([
      { kind: 'field' },
      {
        kind: 'embed',
        selection: {
          items: [
            { kind: 'field' },
            { kind: 'embed', spread: true, selection: { items: [{ kind: 'all' }] } },
            { kind: 'embed', alias: 'e', selection: { items: [{ field: { path: [{ operand: 0 }] } }] } },
          ],
        },
      },
    ])
  })

  test.each(['a,', ',a', 'a!b', 'a::', 'a:', ':a', 'a.b', 'a.sum', '"a', 'b(c', 'count(*)', 'a->', 'x:...b(c)'])(
    '%s is refused',
    (text) => {
      expect(() => itemsOf(text)).toThrow(GrammarError)
    },
  )
})

describe('filters', () => {
  test.each([
    ['eq.1', { operator: 'eq', negated: false, value: '1' }],
    ['not.eq.1', { operator: 'eq', negated: true, value: '1' }],
    ['eq.', { operator: 'eq', value: '' }],
    ['eq."a"', { operator: 'eq', value: '"a"' }],
    ['like(any).{a*,b*}', { operator: 'like', quantifier: 'any', value: '{a*,b*}' }],
    ['not.gte(all).{1,2}', { operator: 'gte', quantifier: 'all', negated: true, value: '{1,2}' }],
    ['isdistinct.null', { operator: 'isdistinct', value: 'null' }],
    ['fts(german).a.b', { operator: 'fts', language: 'german', value: 'a.b' }],
    ['wfts.a', { operator: 'wfts', language: null, value: 'a' }],
    ['is.NULL', { operator: 'is', value: 'null' }],
    ['is.not_null', { operator: 'is', value: 'not_null' }],
    ['in.(1,2)', { operator: 'in', value: ['1', '2'] }],
    ['in.()', { operator: 'in', value: [''] }],
    ['in.("a,b",c d,"e\\"f","g"h)', { operator: 'in', value: ['a,b', 'c d', 'e"f', '"g"h'] }],
    ['cs.{1}', { operator: 'cs', value: '{1}' }],
  ])('%s', (text, filter) => {
    expect(filterOf(text)).toMatchObject({ kind: 'filter', ...filter })
  })

  test.each(['1', 'eq', 'noop.1', 'eq().1', 'neq(any).1', 'in.1', 'is.x', 'fts().x', 'EQ.1', 'constructor.1'])(
    '%s is refused',
    (text) => {
      expect(() => filterOf(text)).toThrow(GrammarError)
    },
  )

  test('an argument of a function looks like no operator', () => {
    expect(read('a', '1', true).arguments).toEqual([['a', '1']])
    expect(read('a', 'eq', true).arguments).toHaveLength(1)
    expect(read('a', 'eq.1', true).where).toHaveLength(1)
    expect(() => read('a', 'in.1', true)).toThrow(GrammarError)
  })
})

describe('trees', () => {
  test.each([
    ['(a.eq.1)', [{ field: field('a'), value: '1' }]],
    ['(a.eq."1,2",b.eq.{1,2})', [{ value: '1,2' }, { value: '{1,2}' }]],
    ['(a.in.(1,2),b.not.is.null)', [{ value: ['1', '2'] }, { negated: true, operator: 'is' }]],
    ['( or( a.eq.1 ,b.eq.2) )', [{ kind: 'or', conditions: [{ value: '1 ' }, { value: '2' }] }]],
    ['(not.or(a.eq.1))', [{ kind: 'or', negated: true }]],
    ['(not.eq.1,and.eq.2,or.eq.3)', [{ field: field('not') }, { field: field('and') }, { field: field('or') }]],
    ['(a->b->>0.eq.1)', [{ field: { name: 'a', path: [{ operand: 'b' }, { operand: 0 }] } }]],
  ])('%s', (text, conditions) => {
    expect(conditionOf(text)).toMatchObject({ kind: 'and', negated: false, conditions })
  })

  test('not may stand before the operator of the parameter, and before it a path', () => {
    expect(read('b.c.not.or', '(a.eq.1)').where).toMatchObject([
      { embeds: ['b', 'c'], value: { kind: 'or', negated: true } },
    ])
    expect(read('"not".or', '(a.eq.1)').where).toMatchObject([{ embeds: ['not'], value: { negated: false } }])
  })

  test.each(['()', '(a)', '(a.eq.1', 'a.eq.1', '(a.eq.1,)', '(xor(a.eq.1))', '(not.xor(a.eq.1))'])(
    '%s is refused',
    (text) => {
      expect(() => conditionOf(text)).toThrow(GrammarError)
    },
  )
})

describe('order', () => {
  test.each([
    ['a', { embed: null, field: field('a'), direction: null, nulls: null }],
    ['a.desc.nullslast', { direction: 'desc', nulls: 'last' }],
    ['a.nullsfirst', { direction: null, nulls: 'first' }],
    ['b(a).asc', { embed: 'b', field: field('a'), direction: 'asc' }],
    ['a->0.desc', { field: { name: 'a', path: [{ arrow: '->', operand: 0 }] }, direction: 'desc' }],
    ['"asc".asc', { field: field('asc'), direction: 'asc' }],
  ])('%s', (text, term) => {
    expect(read('order', text).order).toMatchObject([{ embeds: [], value: [term] }])
  })

  test.each(['a.', 'a.up', 'a.asc.desc', 'a,', 'b(a', 'b(a,c)', ''])('%s is refused', (text) => {
    expect(() => read('order', text)).toThrow(GrammarError)
  })
})

describe('the query string', () => {
  test.each([
    [
      'a=1&b=2',
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ],
    ['a=1+2%2B3', [['a', '1 2+3']]],
    ['a=b=c', [['a', 'b=c']]],
    ['a&b=', [['b', '']]],
    ['a=100%', [['a', '100%']]],
    ['a=1;b=2', [['a', '1;b=2']]],
    ['%61=%C3%A9', [['a', 'é']]],
    ['__proto__=1', [['__proto__', '1']]],
    ['&&', []],
  ])('%s', (text, parameters) => {
    expect(parseQueryString(text)).toEqual(parameters)
  })

  test.each(['a=%ff', 'a=%00', 'a=%ED%A0%80'])('%s is refused', (text) => {
    expect(() => parseQueryString(text)).toThrow(GrammarError)
  })
})

describe('Accept', () => {
  test.each([
    [undefined, ['*/*']],
    ['text/csv', ['text/csv']],
    ['text/csv, application/json;q=0.9, */*;q=0.1', ['text/csv', 'application/json', '*/*']],
    ['*/*, text/csv', ['text/csv', '*/*']],
    ['text/csv;q=0.1, application/json', ['application/json', 'text/csv']],
    ['text/csv;q=NaN, a/b', ['text/csv', 'a/b']],
    ['application/vnd.pgrst.object+json;nulls=stripped', ['application/vnd.pgrst.object+json;nulls=stripped']],
  ])('%s', (header, types) => {
    expect(parseAccept(header)).toEqual(types)
  })
})

describe('Prefer', () => {
  test.each([
    ['return=representation', { preferences: { return: 'representation' }, refused: [] }],
    [
      'max-affected=10, timezone=America/Lima',
      { preferences: { maxAffected: 10, timezone: 'America/Lima' }, refused: [] },
    ],
    ['max-affected=x, return=all', { preferences: {}, refused: [] }],
    [
      'handling=strict, max-affected=x, return=all',
      { preferences: { handling: 'strict' }, refused: ['max-affected=x', 'return=all'] },
    ],
    ['handling=tight', { preferences: {}, refused: ['handling=tight'] }],
    ['Return = "minimal"', { preferences: { return: 'minimal' }, refused: [] }],
    ['max-affected=-1', { preferences: { maxAffected: -1 }, refused: [] }],
    ['count=exact, count=planned', { preferences: { count: 'exact' }, refused: [] }],
    [
      'handling=strict, __proto__=1, constructor',
      { preferences: { handling: 'strict' }, refused: ['__proto__=1', 'constructor'] },
    ],
  ])('%s', (header, parsed) => {
    expect(parsePreferences(header)).toEqual(parsed)
  })
})

test('ranges have rows in common, or none', () => {
  expect(restrictRange({ offset: 2, limit: 30 }, '0-9')).toEqual({ offset: 2, limit: 8 })
  expect(() => restrictRange({ offset: 20, limit: 30 }, '0-9')).toThrow(GrammarError)
  expect(() => restrictRange({ offset: 5, limit: 0 }, undefined)).toThrow(GrammarError)
})
