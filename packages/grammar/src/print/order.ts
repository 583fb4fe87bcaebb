import type { OrderTerm } from '../query.js'
import { printName } from './escape.js'
import { printField } from './field.js'

/** The value of `order=`. */
export function printOrder(terms: readonly OrderTerm[]): string {
  return terms.map(printTerm).join()
}

function printTerm({ embed, field, direction, nulls }: OrderTerm): string {
  const text = printField(field)
  return (
    (embed === null ? text : `${printName(embed)}(${text})`) +
    (direction ? `.${direction}` : '') +
    (nulls ? `.nulls${nulls}` : '')
  )
}
