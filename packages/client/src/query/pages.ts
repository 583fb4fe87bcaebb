import type { OrderTerm } from '@rolecast/grammar'
import type { Builder } from './builder.js'
import type { FilterObject } from './conditions.js'
import { columnsOf } from './select-items.js'

type Row = Record<string, unknown>

/**
 * Page after page, of at most `size` rows; a server's own limit may make them smaller, so the end is a page smaller than
 * the first, or an empty one. By primary key where the query has no order, or that of the key: each page then begins
 * after the last row of the one before. By offset otherwise.
 */
export async function* pagesOf(query: Builder, size: number): AsyncGenerator<unknown[]> {
  const { meta, query: call } = query.state
  const { items, order, offset } = call.selection
  const direction = order[0]?.direction ?? 'asc'
  const primary = meta[2] || []
  const key = offset === null && followsKey(order, primary) ? primary : []
  // Columns of the key that were not asked for: asked for, and taken out of the rows again.
  const hidden = key.filter(
    (name) => !items.some((item) => item.kind === 'field' && (item.alias ?? item.field?.name) === name),
  )
  const first = key
    .slice(order.length)
    .reduce((sorted, name) => sorted.order(name, direction), query.limit(size))
    .add(...(hidden.length > 0 ? columnsOf(meta, hidden) : []))

  let next = first
  let full = 0
  for (let count = offset ?? 0; ; ) {
    const rows = (await next) as Row[]
    const last = rows.at(-1)
    if (!last) return
    count += rows.length
    full ||= rows.length
    next = key.length > 0 ? first.where({ $or: rowsAfter(last, key, direction) }) : first.offset(count)
    for (const row of rows) for (const name of hidden) delete row[name]
    yield rows
    if (rows.length < full) return
  }
}

/** Whether the order is the beginning of the key's, all in one direction. */
function followsKey(order: readonly OrderTerm[], key: readonly string[]): boolean {
  return order.every(
    ({ field, embed, nulls, direction }, index) =>
      field.name === key[index] && !field.path.length && !embed && !nulls && direction === order[0]?.direction,
  )
}

/** The alternatives of `(a, b) > (1, 2)`: `a > 1`, or `a = 1 and b > 2`. */
function rowsAfter(last: Row, key: readonly string[], direction: 'asc' | 'desc'): FilterObject[] {
  return key.map((_, at) =>
    Object.fromEntries(
      key
        .slice(0, at + 1)
        .map((name, index) => [name, { [index < at ? 'eq' : direction === 'asc' ? 'gt' : 'lt']: last[name] }]),
    ),
  )
}
