import { printName } from '@rolecast/grammar'
import type { Builder } from './builder.js'
import type { FilterObject } from './conditions.js'
import { columnsOf, isGrouped } from './items.js'

type Row = Record<string, unknown>

/**
 * Page after page, of at most `size` rows, until the query's own limit; a server's limit may make them smaller, so the end
 * is a page smaller than the first, or an empty one. By primary key where the query has no order, or that of the key:
 * each page then begins after the last row of the one before. By offset otherwise, where the key decides between rows
 * that the order holds for equal.
 */
export async function* pagesOf(query: Builder, size: number): AsyncGenerator<unknown[]> {
  const { meta, path, items, order, offset, limit: total = Infinity } = query.state
  // Its rows have an order of their own, and may be the same one several times.
  const isCall = path.startsWith('/rpc/')
  // Groups have none.
  const ownKey = isGrouped(items) ? [] : meta[2] || []
  const sorted = (end: string) => ownKey.map((name) => printName(name) + end).join()
  // Whether the order is the beginning of the key's, all in one direction.
  const direction = ['', '.asc', '.desc'].find((end) => !order || `${sorted(end)},`.startsWith(`${order},`))
  const columns = columnsOf(meta, ownKey)
  // Nothing else may have the name of a column of the key.
  const isFree = [...columns].every(([name, { text }]) => (items.get(name)?.text ?? text) === text)
  const key = direction !== undefined && offset === undefined && isFree && !isCall ? ownKey : []
  // Columns of the key that were not asked for: asked for, and taken out of the rows again.
  const hidden = key.filter((name) => !items.has(name))
  const first = key[0]
    ? query.change({ order: sorted(direction ?? ''), items: new Map([...items, ...columns]) })
    : query.change({ order: [order, (order || !isCall) && sorted('')].filter(Boolean).join() })

  let next = first
  let full = 0
  for (let count = 0; count < total; ) {
    const rows = (await next.limit(Math.min(size, total - count))) as Row[]
    const last = rows.at(-1)
    if (!last) return
    count += rows.length
    full ||= rows.length
    next = key[0]
      ? first.filter([rowsAfter(last, key, direction === '.desc' ? 'lt' : 'gt')], key.length > 1)
      : first.offset(count + (offset ?? 0))
    for (const row of rows) for (const name of hidden) delete row[name]
    yield rows
    if (rows.length < full) return
  }
}

/** `(a, b) > (1, 2)`: `a > 1`, or `a = 1` and `b > 2`. */
function rowsAfter(last: Row, [name = '', ...rest]: readonly string[], operator: string): FilterObject {
  const value = last[name]
  const beyond = { [name]: { [operator]: value } }
  return rest[0] ? { $or: [beyond, { $and: [{ [name]: { eq: value } }, rowsAfter(last, rest, operator)] }] } : beyond
}
