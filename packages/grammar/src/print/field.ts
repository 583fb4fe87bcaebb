import type { Field, JsonStep } from '../query.js'
import { printName } from './escape.js'

/** `name->path` */
export function printField(field: Field): string {
  return printName(field.name) + field.path.map(printStep).join('')
}

function printStep({ arrow, operand }: JsonStep): string {
  return arrow + (typeof operand === 'number' ? operand : printName(operand))
}
