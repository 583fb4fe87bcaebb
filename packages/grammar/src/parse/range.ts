import { GrammarError } from './grammar-error.js'

/** Rows asked for: from `offset` on, at most `limit` of them. */
export interface RowRange {
  readonly offset: number | null
  readonly limit: number | null
}

/**
 * The rows that both the `Range` header (`0-9`, `10-`: first and last row, RFC 9110 in `Range-Unit: items`) and the
 * parameters allow. A header in any other form says nothing (RFC 9110, section 14.2). Rows before the first one are
 * asked for by negative offsets: there are none.
 * @throws GrammarError PGRST103 where they have no row in common, unless none is wanted (`limit=0`)
 */
export function restrictRange(range: RowRange, header: string | undefined): RowRange {
  const [, first, last = ''] = header === undefined ? [] : (/^(\d{1,15})-(\d{0,15})$/.exec(header) ?? [])
  const offset = range.offset ?? 0
  const end = range.limit === null ? Number.POSITIVE_INFINITY : offset + range.limit
  if (end === 0) return { offset: null, limit: 0 }
  const headerStart = first === undefined ? 0 : Number(first)
  const headerEnd = last === '' ? Number.POSITIVE_INFINITY : Number(last) + 1
  if (headerStart >= headerEnd) {
    throw unsatisfiable('The lower boundary must be lower than or equal to the upper boundary in the Range header.')
  }
  const start = Math.max(offset, headerStart)
  const stop = Math.min(end, headerEnd)
  if (start >= stop) throw unsatisfiable('Limit should be greater than or equal to zero.')
  if (first === undefined && offset >= 0) return range
  return { offset: start === 0 ? null : start, limit: Number.isFinite(stop) ? stop - start : null }
}

function unsatisfiable(details: string): GrammarError {
  return new GrammarError('PGRST103', 'Requested range not satisfiable', details)
}
