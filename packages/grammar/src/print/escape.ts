/** How names and values are written so that reading them gives the same names and values back. */

const bareName = /^[a-z_]\w*$/i
const bareMember = /^\w[\w-]*$/
const identifier = /^[\p{L}\d_$]+(?: +[\p{L}\d_$]+)*$/u

/** Words that mean something where a name of a parameter or a condition may stand. */
const word = /^(?:select|columns|on_conflict|order|limit|offset|and|or|not|count|inner|left)$/

/** Text in double quotes. */
export function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** A column, relation, alias, hint or key of a JSON path. */
export function printName(name: string): string {
  return bareName.test(name) && !word.test(name) ? name : quote(name)
}

/** A value among others: in a list, or in a logical tree. */
export function printMember(value: string): string {
  return bareMember.test(value) ? value : quote(value)
}

/**
 * A type to cast to, a text search configuration: the grammar has no quotes there.
 * @throws TypeError where the name has characters that it cannot hold
 */
export function printIdentifier(name: string): string {
  if (identifier.test(name)) return name
  throw new TypeError(`A URL cannot name ${name} here`)
}

/** PostgreSQL's literal of a one-dimensional text array, every element quoted. */
export function arrayLiteral(values: readonly string[]): string {
  return `{${values.map(quote)}}`
}
