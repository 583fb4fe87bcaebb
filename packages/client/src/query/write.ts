import type { Body, InsertQuery } from '@rolecast/grammar'
import type { ConflictOptions } from '../types/write.js'
import { jsonOf } from './values.js'

type Row = Readonly<Record<string, unknown>>

/**
 * Body, columns and preferences of an insert of one row or many. Rows with different keys need the columns named, and
 * something said of what a missing key means.
 */
export function insertOf(
  rows: Row | readonly Row[],
  { onConflict, missing }: ConflictOptions<readonly string[]> = {},
): Pick<InsertQuery, 'body' | 'columns' | 'onConflict' | 'preferences'> {
  const keys = [rows].flat().map((row) => Object.keys(row).filter((key) => (row as Row)[key] !== undefined))
  const columns = [...new Set(keys.flat())]
  const ragged = keys.some(({ length }) => length < columns.length)
  const what = missing ?? (ragged ? 'default' : null)
  return {
    body: jsonBody(rows),
    columns: what ? columns : null,
    onConflict: onConflict ?? null,
    preferences: what ? { missing: what } : {},
  }
}

export function jsonBody(value: unknown): Body {
  return { type: 'application/json', content: jsonOf(value) }
}
