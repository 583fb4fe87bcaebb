import { quote } from '@rolecast/grammar'
import type { ColumnKind } from '../metadata.js'

/**
 * A value as PostgreSQL reads it from text: in filters and in a function's arguments.
 * @throws TypeError for undefined: a condition or an argument is not to vanish
 */
export function textOf(value: unknown, kind?: ColumnKind): string {
  if (value === undefined) throw new TypeError('A value is undefined')
  if (kind !== 'j' && Array.isArray(value)) return `{${value.map(elementOf)}}`
  return kind === 'j' || typeof value === 'object' ? jsonOf(value) : `${value}`
}

/** Every string is quoted, so that one that reads NULL, or holds a comma, stays what it is. */
function elementOf(value: unknown): string {
  if (value === null) return 'NULL'
  return Array.isArray(value) ? textOf(value) : quote(textOf(value))
}

/** JSON, where a number that it does not have is a string (a bigint, of its digits; NaN; Infinity): PostgreSQL casts it. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_, member) => (isJson(member) ? member : `${member}`))
}

function isJson(member: unknown): boolean {
  return typeof member === 'number' ? Number.isFinite(member) : typeof member !== 'bigint'
}
