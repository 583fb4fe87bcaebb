import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { printQuery } from './index.js'
import { operatorShapes } from './operator-name.js'
import { assemble, defaultLimits, parseParameters, parseQueryString } from './parse/index.js'
import type { Condition, Embed, Field, Filter, Operator, OrderTerm, SelectItem, Selection } from './query.js'

const hostileNames = [
  'a.b',
  'a,b',
  'a->b',
  'a::text',
  '!inner',
  '*',
  'a(b)',
  'a:b',
  '"',
  '\\',
  '\\"',
  ' a ',
  'not',
  'and',
  'or',
  'select',
  'order',
  'limit',
  'offset',
  'columns',
  'count',
  'inner',
  'left',
  'eq',
  '__proto__',
  'constructor',
  '',
  'é',
  '日本',
  'a%b',
  'a&b',
  'a=b',
  'a+b',
  '-',
  'a-b',
  '0',
  '1',
  '->>',
  "'",
  '`',
  '\n',
  '\u2028',
  '🙂',
  '...',
  'x.order',
  'x.or',
]
const hostileValues = [
  'null',
  'NULL',
  '',
  ' ',
  ',',
  '"',
  '\\',
  '(',
  ')',
  '{',
  '}',
  '{a,b}',
  '(a,b)',
  'eq.1',
  'not.eq.1',
  '"quoted"',
  '"half',
  'half"',
  '\\"',
  'a,b)c',
  '*',
  '%',
  '&',
  '=',
  '+',
  '#',
  '?',
  '2020-01-01 00:00:00+00',
  "'; drop table x --",
]

const text = fc
  .string({ unit: 'grapheme', maxLength: 8 })
  .filter((value) => value.isWellFormed() && !value.includes('\0'))
const name = fc.oneof(fc.constantFrom(...hostileNames), text)
const value = fc.oneof(fc.constantFrom(...hostileValues), text)
const word = fc.constantFrom('text', 'int4', 'double precision', 'my_type', 'english', 'é')

const path = fc.array(
  fc.record({ arrow: fc.constantFrom('->' as const, '->>' as const), operand: fc.oneof(name, fc.integer()) }),
  { maxLength: 3 },
)
const field: fc.Arbitrary<Field> = fc.record({ name, path })

const filter: fc.Arbitrary<Filter> = fc
  .constantFrom(...(Object.keys(operatorShapes) as Operator[]))
  .chain((operator): fc.Arbitrary<Filter> => {
    const shape = operatorShapes[operator]
    return fc.record({
      kind: fc.constant('filter' as const),
      field,
      negated: fc.boolean(),
      operator: fc.constant(operator),
      quantifier: shape === 'quantifiable' ? fc.constantFrom('any' as const, 'all' as const, null) : fc.constant(null),
      language: shape === 'full text' ? fc.option(word) : fc.constant(null),
      value:
        shape === 'list'
          ? fc.array(value, { minLength: 1, maxLength: 4 })
          : shape === 'is'
            ? fc.constantFrom('null', 'not_null', 'true', 'false', 'unknown')
            : value,
    })
  })

const { condition } = fc.letrec<{ condition: Condition; tree: Condition }>((tie) => ({
  condition: fc.oneof({ maxDepth: 4, depthSize: 'small' }, filter, tie('tree')),
  tree: fc.record({
    kind: fc.constantFrom('and' as const, 'or' as const),
    negated: fc.boolean(),
    conditions: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
  }),
}))

const selectField: fc.Arbitrary<SelectItem> = fc.oneof(
  fc.record({ kind: fc.constant('all' as const) }),
  fc
    .record({
      kind: fc.constant('field' as const),
      field,
      alias: fc.option(name),
      cast: fc.option(word),
      aggregate: fc.option(
        fc.constantFrom('avg' as const, 'count' as const, 'max' as const, 'min' as const, 'sum' as const),
      ),
      aggregateCast: fc.option(word),
    })
    .map((item) => ({ ...item, aggregateCast: item.aggregate === null ? null : item.aggregateCast })),
  fc.record({
    kind: fc.constant('field' as const),
    field: fc.constant(null),
    alias: fc.option(name),
    cast: fc.constant(null),
    aggregate: fc.constant('count' as const),
    aggregateCast: fc.option(word),
  }),
)

const bound = fc.option(fc.nat())

/** Paths lead to embeds by name, so their names differ; `name=is.null` is about an embed, so no column is named so. */
const selection: fc.Arbitrary<Selection> = fc.letrec<{ selection: Selection; embed: Embed }>((tie) => ({
  selection: fc
    .record({
      items: fc.array(fc.oneof({ maxDepth: 3, depthSize: 'small' }, selectField, tie('embed')), { maxLength: 4 }),
      where: fc.array(condition, { maxLength: 3 }),
      order: fc.array(
        fc.record({
          embed: fc.constant(null),
          field,
          direction: fc.constantFrom('asc' as const, 'desc' as const, null),
          nulls: fc.constantFrom('first' as const, 'last' as const, null),
        }) as fc.Arbitrary<OrderTerm>,
        { maxLength: 2 },
      ),
      limit: bound,
      offset: bound,
    })
    .map(distinct),
  embed: fc.record({
    kind: fc.constant('embed' as const),
    target: name,
    alias: fc.option(name),
    hint: fc.option(name),
    join: fc.constantFrom('inner' as const, 'left' as const, null),
    spread: fc.boolean(),
    selection: tie('selection'),
  }),
})).selection

function distinct(value: Selection): Selection {
  const seen = new Set<string>()
  const items = value.items
    .map((item) => (item.kind === 'embed' && item.spread ? { ...item, alias: null } : item))
    .filter((item) => {
      if (item.kind !== 'embed') return true
      const known = seen.has(item.target) || (item.alias !== null && seen.has(item.alias))
      seen.add(item.target)
      if (item.alias !== null) seen.add(item.alias)
      return !known
    })
  const names = items.flatMap((item) => (item.kind === 'embed' ? [item.alias ?? item.target] : []))
  const related = names.slice(0, 1).map(
    (embed): OrderTerm => ({
      embed,
      field: { name: 'x', path: [] },
      direction: null,
      nulls: 'last',
    }),
  )
  const nullness = names.slice(0, 1).map((embed): Condition => ({ kind: 'embed-filter', embed, negated: true }))
  const where = value.where.map((one) => renamed(one, seen))
  return { ...value, items, order: [...value.order, ...related], where: [...where, ...nullness] }
}

function renamed(one: Condition, taken: ReadonlySet<string>): Condition {
  if (one.kind === 'filter') {
    return taken.has(one.field.name) ? { ...one, field: { ...one.field, name: 'a column' } } : one
  }
  return one.kind === 'embed-filter' ? one : { ...one, conditions: one.conditions.map((each) => renamed(each, taken)) }
}

const common = { profile: null, preferences: {}, accept: [] }

function readBack(search: string) {
  const parameters = parseParameters(parseQueryString(search.slice(1)), false, defaultLimits)
  return { parameters, ...assemble(parameters, { targetNames: false, embedFilters: true }) }
}

describe('what is printed reads back as what was meant', () => {
  test('selections', () => {
    fc.assert(
      fc.property(selection, (meant) => {
        const { search } = printQuery({ ...common, kind: 'read', relation: 'r', selection: meant, headOnly: false })
        expect(readBack(search).selection).toEqual(meant)
      }),
      { numRuns: 2_000 },
    )
  })

  test('columns and conflict columns', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(name, { minLength: 1 }),
        fc.uniqueArray(name, { minLength: 1 }),
        (columns, onConflict) => {
          const { search } = printQuery({
            ...common,
            kind: 'insert',
            relation: 'r',
            body: { type: 'application/json', content: '{}' },
            columns,
            onConflict,
            selection: { items: [], where: [], order: [], limit: null, offset: null },
          })
          expect(readBack(search).parameters).toMatchObject({ columns, onConflict })
        },
      ),
    )
  })
})
