import { printName } from '@rolecast/grammar'
import type { Builder } from './builder.js'
import type { FilterObject } from './conditions.js'
import { columnsOf } from './items.js'

type Row = Record<string, unknown>

/**
 * Page after page, of at most `size` rows; a server's own limit may make them smaller, so the end is a page smaller than
 * the first, or an empty one. By primary key where the query has no order, or that of the key: each page then begins
 * after the last row of the one before. By offset otherwise.
 */
export async function* pagesOf(query: Builder, size: number): AsyncGenerator<unknown[]> {
  const { meta, items, order, offset } = query.state
  const names = (meta[2] || []).map(printName)
  const sorted = (end: string) => names.map((name) => name + end).join()
  // Whether the order is the beginning of the key's, all in one direction.
  const direction = ['', '.asc', '.desc'].find((end) => !order || `${sorted(end)},`.startsWith(`${order},`))
  const key = (direction !== undefined && offset === undefined && meta[2]) || []
  // Columns of the key that were not asked for: asked for, and taken out of the rows again.
  const hidden = key.filter((name) => !items.has(name))
  const first = query
    .limit(size)
    .change(key[0] ? { order: sorted(direction ?? '') } : {})
    .add(hidden[0] ? columnsOf(meta, hidden) : [])

  let next = first
  let full = 0
  for (let count = offset ?? 0; ; ) {
    const rows = (await next) as Row[]
    const last = rows.at(-1)
    if (!last) return
    count += rows.length
    full ||= rows.length
    next = key[0] ? first.where(rowsAfter(last, key, direction === '.desc' ? 'lt' : 'gt')) : first.offset(count)
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
