import type { OrderTerm } from '../query.js'
import { printName } from './escape.js'
import { printField } from './field.js'

/** The value of `order=`. */
export function printOrder(terms: readonly OrderTerm[]): string {
  return terms.map(printTerm).join(',')
}

function printTerm({ embed, field, direction, nulls }: OrderTerm): string {
  return (
    (embed === null ? printField(field) : `${printName(embed)}(${printField(field)})`) +
    (direction === null ? '' : `.${direction}`) +
    (nulls === null ? '' : `.nulls${nulls}`)
  )
}
