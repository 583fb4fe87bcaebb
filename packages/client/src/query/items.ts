import { printName } from '@rolecast/grammar'
import { wordOf } from '../checks.js'
import type { ColumnKind, RelationMeta } from '../metadata.js'
import type { AggregateFunction } from '../types/rows.js'
import type { Item, Selection } from './state.js'

export type Path = readonly (string | number)[]

export function kindOf([, kinds]: RelationMeta, name: string): ColumnKind | undefined {
  return kinds && Object.hasOwn(kinds, name) ? kinds[name] : undefined
}

/** A column, or what `path` leads to in it: by `->`, and by `last` in the end. */
export function fieldOf(name: string, path: Path = [], last = '->'): string {
  return path.reduce<string>(
    (field, step, index) =>
      field + (index + 1 < path.length ? '->' : last) + (typeof step === 'number' ? step : printName(step)),
    printName(name),
  )
}

/** int8 and numeric are read as text, to keep their digits; `_text` is PostgreSQL's own name of text[]. */
const casts: { readonly [kind in ColumnKind]?: string } = { t: '::text', b: '::text', T: '::_text', B: '::_text' }

export function itemOf(text: string, kind?: ColumnKind): Item {
  return { text: text + ((kind && casts[kind]) ?? ''), kind }
}

/** What selects these columns. */
export function columnsOf(meta: RelationMeta, names: readonly string[]): ReadonlyMap<string, Item> {
  return new Map(names.map((name) => [name, itemOf(printName(name), kindOf(meta, name))]))
}

export type Paths = Readonly<Record<string, readonly [column: string, ...path: Path]>>

/** What is inside of columns, by the names that it gets. */
export function pathItems(paths: Paths, last?: string): [string, Item][] {
  return Object.entries(paths).map(([alias, [column, ...path]]) => [
    alias,
    { text: `${printName(alias)}:${fieldOf(column, path, last)}` },
  ])
}

export type Aggregates = Readonly<Record<string, 'count' | { readonly [F in AggregateFunction]?: string }>>

export function aggregateItems(meta: RelationMeta, aggregates: Aggregates): [string, Item][] {
  return Object.entries(aggregates).map(([alias, asked]) => {
    const [name, column = ''] =
      asked === 'count' ? [asked] : ((Object.entries(asked)[0] ?? ['nothing']) as [string, string?])
    wordOf('aggregate', name, 'count|sum|avg|min|max')
    const kind = name === 'count' ? undefined : kindOf(meta, column)
    const { text } = itemOf(`${printName(alias)}:${column && `${printName(column)}.`}${name}()`, kind)
    // An average is no int8.
    return [alias, { text, kind: name === 'avg' ? undefined : kind, isAggregate: true }]
  })
}

/**
 * Columns that groups are ordered by, but are read as text, by names of their own: of a group PostgreSQL knows only what it is
 * grouped by, so they are asked for as they are, too, and taken out of the rows again.
 */
export function hiddenItems({ items, order }: Selection): readonly [name: string, text: string][] {
  if (!order || !isGrouped(items)) return []
  const terms = order.split(',').map((term) => term.split('.')[0])
  return [...items.values()].flatMap(({ text, isAggregate }, index): [string, string][] => {
    const [name, cast] = isAggregate ? [] : text.split('::')
    return cast && terms.includes(name) ? [[`_order_${index}`, `_order_${index}:${name}`]] : []
  })
}

/** Whether rows stand for groups: aggregates of a spread embed are those of the relation itself. */
export function isGrouped(items: Selection['items']): boolean {
  return [...items.values()].some(
    ({ isAggregate, isSpread, of }) => isAggregate || (isSpread && of && isGrouped(of.items)),
  )
}
