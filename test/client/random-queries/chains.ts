import * as fc from 'fast-check'
import type { ColumnModel, RelationModel } from '../../../templates/client/model.js'
import { links, readable } from './asked.js'

const text = (value: unknown) => JSON.stringify(value)
/** So few that names are taken now and then. */
const names = fc.constantFrom('id', 'name', 'n', 'a', 'b', 'c', 'the one, "quoted"')
const property = (relation: RelationModel) => `db[${text(relation.property)}]`

/** What `select` is given: names, `*`, and columns under other names. */
function selected(columns: readonly ColumnModel[]): fc.Arbitrary<string> {
  const column = fc.constantFrom(...columns.map((column) => column.property))
  const alias = fc.tuple(names, column).map(([name, own]) => `{ ${text(name)}: ${text(own)} }`)
  const one = fc.oneof({ weight: 5, arbitrary: column.map(text) }, { weight: 2, arbitrary: alias }, fc.constant("'*'"))
  return fc.uniqueArray(one, { minLength: 1, maxLength: 4 }).map((all) => all.join(', '))
}

/** What an embed is of: columns, or a query of which nobody knows whether it finds a row. */
function related(target: RelationModel, depth: number): fc.Arbitrary<string> {
  const columns = readable(target)
  const bare = fc.subarray(columns, { minLength: 1 }).map((all) => text(all.map((column) => column.property)))
  const step = fc.constantFrom('', '.limit(1)', '.inner()')
  const query = fc.tuple(chain(target, depth + 1), step).map(([query, step]) => query + step)
  return fc.oneof({ weight: 2, arbitrary: bare }, query)
}

function steps(relation: RelationModel, depth: number): fc.Arbitrary<string> {
  const columns = readable(relation)
  const documents = columns.filter(({ type }) => type.base === 'jsonb')
  const ordered = columns.filter(({ type }) => type.abilities.ordered)
  const compared = columns.filter(({ name, type }) => relation.surface.filter.includes(name) && type.base !== 'jsonb')
  const found: fc.Arbitrary<string>[] = [
    fc.constantFrom('.limit(9)', '.offset(1)'),
    ...(ordered[0] ? [fc.constantFrom(...ordered).map((column) => `.order(${text(column.property)})`)] : []),
    ...(compared[0]
      ? [fc.constantFrom(...compared).map((column) => `.where({ ${text(column.property)}: { is: 'not_null' } })`)]
      : []),
  ]
  for (const document of documents) {
    const step = fc.constantFrom('text', 'json')
    found.push(
      fc.tuple(step, names).map(([step, name]) => `.${step}({ ${text(name)}: [${text(document.property)}, 'n'] })`),
    )
  }
  if (depth < 2 && links(relation).length > 0) {
    const link = fc.constantFrom(...links(relation))
    const embed = link.chain(({ property, target }) =>
      related(target, depth).map((what) => `.embed({ ${text(property)}: ${what} })`),
    )
    const spread = link.chain(({ property, target }) =>
      related(target, depth).map((what) => `.spread(${text(property)}, ${what})`),
    )
    found.push(embed, embed, embed, spread, spread)
  }
  return fc.oneof(...found)
}

/** A query over a relation, as an app writes it. */
function chain(relation: RelationModel, depth = 0): fc.Arbitrary<string> {
  return fc
    .tuple(selected(readable(relation)), fc.array(steps(relation, depth), { maxLength: 3 - depth }))
    .map(([columns, all]) => `${property(relation)}.select(${columns})${all.join('')}`)
}

function groups(relation: RelationModel): fc.Arbitrary<string> {
  const columns = readable(relation)
  const able = (ability: 'ranked' | 'summed') =>
    columns.filter(({ type }) => type.abilities[ability]).map((column) => column.property)
  const of = (functions: readonly string[], columns: readonly string[]) =>
    columns[0] === undefined
      ? []
      : [
          fc
            .tuple(fc.constantFrom(...functions), fc.constantFrom(...columns))
            .map(([f, column]) => `{ ${f}: ${text(column)} }`),
        ]
  const value = fc.oneof(
    fc.constant("'count'"),
    ...of(['min', 'max'], able('ranked')),
    ...of(['sum', 'avg'], able('summed')),
    ...of(
      ['count'],
      columns.map((column) => column.property),
    ),
  )
  const aggregates = fc
    .uniqueArray(fc.tuple(names, value), { minLength: 1, maxLength: 3, selector: ([name]) => name })
    .map((all) => `.aggregate({ ${all.map(([name, what]) => `${text(name)}: ${what}`).join(', ')} })`)
  const by = selected(columns).map((columns) => `.select(${columns})`)
  return fc.tuple(fc.oneof(by, fc.constant('')), aggregates).map((parts) => property(relation) + parts.join(''))
}

/** Random queries, all of which say what an API has; some want one name twice. */
export function randomChain(relations: readonly RelationModel[]): fc.Arbitrary<string> {
  return fc.constantFrom(...relations).chain((relation) => {
    const query = chain(relation)
    return fc.oneof(
      { weight: 6, arbitrary: query },
      { weight: 2, arbitrary: groups(relation) },
      query.map((steps) => `${steps}.stripNulls()`),
    )
  })
}
