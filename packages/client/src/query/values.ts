import type { ColumnKind } from '../metadata.js'

/** A value as PostgreSQL reads it from text: in filters and in a function's arguments. */
export function textOf(value: unknown, kind?: ColumnKind): string {
  if (kind === 'j') return jsonOf(value)
  if (Array.isArray(value)) return `{${value.map(elementOf).join(',')}}`
  if (value === undefined) throw new TypeError('a value is undefined')
  return typeof value === 'object' ? jsonOf(value) : String(value)
}

/** Every string is quoted, so that one that reads NULL, or holds a comma, stays what it is. */
function elementOf(value: unknown): string {
  if (value === null) return 'NULL'
  return Array.isArray(value) ? textOf(value) : `"${textOf(value).replace(/["\\]/g, '\\$&')}"`
}

/** JSON, where a bigint is the string of its digits: PostgreSQL casts it. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_, member) => (typeof member === 'bigint' ? `${member}` : member))
}
