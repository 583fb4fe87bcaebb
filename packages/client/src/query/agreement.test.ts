import type { Condition, Field, SelectField } from '@rolecast/grammar'
import { assemble, defaultLimits, parseParameters, parseQueryString } from '@rolecast/grammar/parse'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { connect } from '../connect.js'
import type { Builder } from './builder.js'
import { documents } from './documents.js'

const hostile = [
  '$or',
  '$not',
  'select',
  'order',
  'and',
  'not',
  'count',
  'inner',
  '*',
  'a.b',
  'a,b',
  '"',
  '\\',
  '__proto__',
]
const signs = fc.constantFrom(...',."\'\\{}()[]<>:*%_&=+#;!-> \n$01aZé😀')
const text = fc
  .oneof(fc.string({ unit: signs, maxLength: 6 }), fc.string({ unit: 'grapheme', maxLength: 6 }))
  .filter((value) => value.isWellFormed())
const name = fc.oneof(
  fc.constantFrom(...hostile),
  text.filter((value) => value !== '' && !value.includes('\0')),
)
const path = fc.array(fc.oneof(name, fc.nat(9)), { minLength: 1, maxLength: 2 })

/** What the grammar reads in a request. */
function read(query: Builder) {
  const parameters = parseParameters(parseQueryString(query.toRequest().search.slice(1)), false, defaultLimits)
  return assemble(parameters, { targetNames: false, embedFilters: true }).selection
}

/** A query on a relation with this column, that is related to itself under that name. */
function relation(column: string, related: string) {
  const meta = [[column], 0, [column], Object.fromEntries([[related, 't']])] as const
  const schemas = [{ name: 'api', relations: { t: meta }, functions: {} }]
  const db = connect('r', schemas, { url: 'http://api.test' }, { documents }) as unknown as { t: { select(): Builder } }
  return db.t.select()
}

const own = <Value>(key: string, value: Value) => Object.fromEntries([[key, value]])
const filterOf = (condition: Condition | undefined) => (condition?.kind === 'filter' ? condition : null)
/** One empty string would be an empty list to PostgREST. */
const listed = (list: readonly string[]) => (list.length === 1 && list[0] === '' ? ['', ''] : list)
const stepsOf = (steps: readonly (string | number)[], last: '->' | '->>' = '->>'): Field['path'] =>
  steps.map((operand, index) => ({ arrow: index + 1 < steps.length ? '->' : last, operand }))

test('names, paths and values of any letters are read as what was meant', () => {
  fc.assert(
    fc.property(
      name,
      name,
      path,
      text,
      fc.array(text, { minLength: 1, maxLength: 3 }),
      (column, alias, steps, value, list) => {
        fc.pre(column !== alias)
        const query = relation(column, alias)
          .where(own(column, value), own(column, { not: { in: list } }), own(column, { path: steps, eq: value }))
          .or(own(column, value), own(column, list))
          .order(column, 'desc', { path: steps })
        const { items, where, order } = read(query.text(own(alias, [column, ...steps] as const)))
        const field = { name: column, path: [] }
        const inside = { name: column, path: stepsOf(steps) }
        const compared = { name: column, path: stepsOf(steps, '->') }
        expect(items.map((item) => (item as SelectField).field)).toEqual([field, inside])
        expect((items[1] as SelectField).alias).toBe(alias)
        expect(where.map((condition) => filterOf(condition)?.field)).toEqual([field, field, compared, undefined])
        expect(where.map((condition) => filterOf(condition)?.value)).toEqual([
          value,
          listed(list),
          JSON.stringify(value),
          undefined,
        ])
        const [either] = where.slice(3)
        const alternatives = either && 'conditions' in either ? either.conditions : []
        expect(alternatives.map((condition) => filterOf(condition)?.value)).toEqual([value, listed(list)])
        expect(order).toEqual([
          { embed: null, field: { name: column, path: order[0]?.field.path }, direction: 'desc', nulls: null },
        ])
      },
    ),
    { numRuns: 300 },
  )
})

test('so are related rows of any name, and what is said of them', () => {
  fc.assert(
    fc.property(name, name, text, (column, related, value) => {
      fc.pre(column !== related)
      const inner = relation(column, related).where(own(column, value)).limit(3)
      const [, embed] = read(relation(column, related).embed(own(related, inner) as Record<string, Builder>)).items
      expect(embed).toMatchObject({ kind: 'embed', target: 't', alias: related, selection: { limit: 3 } })
      const [condition] = embed?.kind === 'embed' ? embed.selection.where : []
      expect(filterOf(condition)).toMatchObject({ field: { name: column }, operator: 'eq', value })
    }),
    { numRuns: 300 },
  )
})
