import { urlLimit } from './http/send.js'
import type { Builder } from './query/builder.js'
import { isGrouped } from './query/items.js'
import { listOf } from './query/operators.js'
import { readRows } from './query/read.js'
import type { Parameter } from './query/selection.js'
import type { Call } from './types/call.js'

/**
 * The rows of a query whose list is too long for one URL: `chunked(db.orders.select('id').where({ id: ids }))`. Its
 * longest list is asked for in parts, one request after the other, each value once; so the rows are those of several
 * moments and have no order.
 * @throws TypeError for a query of which the parts do not make the whole: one with order, limit, offset, aggregates or
 * another form than rows
 * @throws ApiError
 */
export async function chunked<O>(query: Call<readonly O[]>): Promise<O[]> {
  const builder = query as unknown as Builder
  const { items, order, limit, offset, method, read } = builder.state
  if (
    order[0] ||
    limit !== undefined ||
    offset !== undefined ||
    isGrouped(items) ||
    method !== 'GET' ||
    read !== readRows
  ) {
    throw new TypeError('Only rows without order, limit, offset and aggregates can be asked for in parts')
  }
  const parts: O[][] = []
  for (const part of partsOf(builder)) parts.push((await part) as O[])
  return parts.flat() as O[]
}

/** Halves the longest list until each half fits. A URL that is too long for other reasons stays as it is, and fails. */
function partsOf(query: Builder): Builder[] {
  const { where, context } = query.state
  if (query.toURL().length <= urlLimit(context)) return [query]
  const longest = where.reduce<Parameter>(
    (a, b) => (b[1].startsWith('in.(') && b[1].length > a[1].length ? b : a),
    ['', ''],
  )
  // What the list holds: names and numbers as they are, anything else in quotes.
  const values = [...new Set(longest[1].slice(4, -1).match(/"(?:[^"\\]|\\.)*"|[^,]+/g))]
  if (values.length < 2) return [query]
  const half = Math.ceil(values.length / 2)
  return [values.slice(0, half), values.slice(half)].flatMap((part) => {
    const list: Parameter = [longest[0], `in.${listOf(part)}`]
    return partsOf(query.change({ where: where.map((condition) => (condition === longest ? list : condition)) }))
  })
}
