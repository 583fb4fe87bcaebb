import { quote } from '@rolecast/grammar'
import { isPlainObject, refuse } from '../checks.js'
import type { ColumnKind } from '../metadata.js'

/**
 * A value as PostgreSQL reads it from text: in filters and in a function's arguments.
 * @param name of what takes it, for the error
 * @throws TypeError for what is no value: undefined, an object without a text, half of a surrogate pair
 */
export function textOf(value: unknown, kind?: ColumnKind, name = ''): string {
  if (kind === 'j' || kind === 'J') return jsonOf(value, name)
  if (Array.isArray(value)) return `{${value.map((element) => elementOf(element, name))}}`
  // A Date has a text, as JSON.
  const [text] = JSON.parse(jsonOf([value], name))
  return typeof text === 'object' ? refuse(`${name}: a value`, value) : `${text}`
}

/** Every string is quoted, so that one that reads NULL, or holds a comma, stays what it is. */
function elementOf(value: unknown, name: string): string {
  if (value === null) return 'NULL'
  return Array.isArray(value) ? textOf(value, 'a', name) : quote(textOf(value, isPlainObject(value) ? 'j' : 'a', name))
}

/**
 * JSON, where a number that it does not have is a string (a bigint, of its digits; NaN; Infinity): PostgreSQL casts it.
 * @throws TypeError for what JSON would lose: functions, objects such as a Map, half of a surrogate pair, a Date that is none
 */
export function jsonOf(value: unknown, name = ''): string {
  return JSON.stringify(value, function (this: Readonly<Record<string, unknown>>, key, member) {
    if (typeof member === 'bigint' || (typeof member === 'number' && !Number.isFinite(member))) return `${member}`
    const isLost =
      typeof member === 'string'
        ? /\p{Surrogate}/u.test(member)
        : member === null
          ? this[key]
          : member instanceof Object && !(Object.keys(member)[0] || Array.isArray(member) || isPlainObject(member))
    return isLost ? refuse(`${name || key}: a value`, 'unprintable') : member
  })
}
