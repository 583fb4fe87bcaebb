import { printName } from '@rolecast/grammar'
import { wordOf } from '../checks.js'
import type { ColumnKind, RelationMeta } from '../metadata.js'
import type { AggregateFunction } from '../types/rows.js'
import type { Item, Selection } from './selection.js'

export type Path = readonly (string | number)[]

export function kindOf([, kinds]: RelationMeta, name: string): ColumnKind | undefined {
  return kinds && Object.hasOwn(kinds, name) ? kinds[name] : undefined
}

/** What the database calls a column of the client. */
export function nameIn({ 5: names }: RelationMeta, name: string): string {
  return names && Object.hasOwn(names, name) ? (names[name] as string) : name
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

export function castOf(kind?: ColumnKind): string {
  return (kind && casts[kind]) ?? ''
}

/** What `select` takes: a column, `*` for all of them, or columns under other names: `{ naam: 'name' }`. */
export type Column = string | Readonly<Record<string, string>>

/**
 * What selects these columns, or all of them.
 * @throws TypeError where two of them have the same name
 */
export function columnsOf(meta: RelationMeta, columns: readonly Column[]): ReadonlyMap<string, Item> {
  const named = (columns.length ? columns : meta[0]).flatMap((column): (readonly [string, string])[] => {
    if (typeof column !== 'string') return Object.entries(column)
    return (column === '*' && !meta[0].includes('*') ? meta[0] : [column]).map((name) => [name, name])
  })
  const items = named.map(([alias, name]): [string, Item] => {
    const [own, kind] = [nameIn(meta, name), kindOf(meta, name)]
    return [alias, { own, text: printName(own) + castOf(kind), kind }]
  })
  return withItems(new Map(), items, true)
}

/** The names that an item has in a row: a spread embed those of its columns, an embed that shows nothing none. */
export function namesOf([key, { of, isSpread }]: readonly [string, Item]): readonly string[] {
  if (!of) return [key]
  const names = [...of.items].flatMap(namesOf)
  return isSpread || !names[0] ? names : [key]
}

/**
 * Items beside others. `same`: a column may be said twice.
 * @throws TypeError where a row would have two columns of one name
 */
export function withItems(
  items: Selection['items'],
  added: Iterable<readonly [string, Item]>,
  same?: boolean,
): Selection['items'] {
  const all = new Map(items)
  const taken = new Set([...items].flatMap(namesOf))
  for (const [key, item] of added) {
    for (const name of namesOf([key, item])) {
      if (taken.has(name) && !(same && all.get(name)?.text === item.text)) {
        throw new TypeError(`A row cannot have two columns called ${name}: give one of them another name`)
      }
      taken.add(name)
    }
    all.set(key, item)
  }
  return all
}

export type Paths = Readonly<Record<string, readonly [column: string, ...path: Path]>>

/** What is inside of columns, by the names that it gets. */
export function pathItems(meta: RelationMeta, paths: Paths, last?: string): [string, Item][] {
  return Object.entries(paths).map(([alias, [name, ...path]]) => {
    const column = nameIn(meta, name)
    const inside = { column, path, last, kind: last ? 'J' : kindOf(meta, name) } as const
    return [alias, { text: fieldOf(column, path, last), inside }]
  })
}

/** What a name of the row stands for that `json` or `text` gave to a value, if no column is called so. */
export function insideOf(meta: RelationMeta, items: Selection['items'], name: string): Item['inside'] {
  return meta[0].includes(name) ? undefined : items.get(name)?.inside
}

export type Aggregates = Readonly<Record<string, 'count' | { readonly [F in AggregateFunction]?: string }>>

export function aggregateItems(meta: RelationMeta, aggregates: Aggregates): [string, Item][] {
  return Object.entries(aggregates).map(([alias, asked]) => {
    const [name, column = ''] =
      asked === 'count' ? [asked] : ((Object.entries(asked)[0] ?? ['nothing']) as [string, string?])
    wordOf('aggregate', name, 'count|sum|avg|min|max')
    const kind = name === 'count' ? undefined : kindOf(meta, column)
    const text = `${column && `${printName(nameIn(meta, column))}.`}${name}()${castOf(kind)}`
    // An average is no int8.
    return [alias, { text, kind: name === 'avg' ? undefined : kind, isAggregate: true }]
  })
}

/**
 * Columns that groups are ordered by, but are read as text, by names of their own: of a group PostgreSQL knows only what it is
 * grouped by, so they are asked for as they are, too, and taken out of the rows again.
 */
export function hiddenItems({ items, order }: Selection): readonly [name: string, column: string, key: string][] {
  if (!order[0] || !isGrouped(items)) return []
  return [...items].flatMap(([key, { own, of, kind }]): [string, string, string][] => {
    const isSorted = order.some(({ column, path, embed }) => column === own && !path && embed === undefined)
    return isSorted && own !== undefined && !of && castOf(kind) ? [[`_order_${key}`, printName(own), key]] : []
  })
}

/** Takes hidden items out of a row or rows, and of those embedded in them; nothing where there are none. */
export function revealer(selection: Selection): ((value: unknown) => void) | undefined {
  const hidden = hiddenItems(selection)
  const embeds = [...selection.items].flatMap(([key, { of, isSpread }]) => {
    const reveal = of && revealer(of)
    return reveal ? [[isSpread ? '' : key, reveal] as const] : []
  })
  if (!hidden[0] && !embeds[0]) return
  return (value) => {
    for (const row of [value].flat() as (Record<string, unknown> | null)[]) {
      for (const [name] of row ? hidden : []) delete row?.[name]
      for (const [key, reveal] of row ? embeds : []) reveal(key ? row?.[key] : row)
    }
  }
}

/** Whether rows stand for groups: aggregates of a spread embed are those of the relation itself. */
export function isGrouped(items: Selection['items']): boolean {
  return [...items.values()].some(
    ({ isAggregate, isSpread, of }) => isAggregate || (isSpread && of && isGrouped(of.items)),
  )
}
