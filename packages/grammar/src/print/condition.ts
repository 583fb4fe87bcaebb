import type { Condition, Filter } from '../query.js'
import { arrayLiteral, printIdentifier, printMember, printName } from './escape.js'
import { printField } from './field.js'

/** A condition as a parameter's name and value. */
export function printCondition(
  condition: Condition,
  printValue = (value: string): string => value,
): readonly [name: string, value: string] {
  const not = condition.negated ? 'not.' : ''
  switch (condition.kind) {
    case 'filter':
      return [printField(condition.field), not + printOperation(condition, printValue)]
    case 'embed-filter':
      return [printName(condition.embed), `${not}is.null`]
    default:
      return [not + condition.kind, `(${condition.conditions.map(printMemberCondition)})`]
  }
}

/** A condition in a tree; a tree in a tree has no dot. */
function printMemberCondition(condition: Condition): string {
  return printCondition(condition, printMember).join('conditions' in condition ? '' : '.')
}

function printOperation(
  { operator, quantifier, language, value }: Filter,
  printValue: (text: string) => string,
): string {
  const modifier = quantifier ?? (language === null ? '' : printIdentifier(language))
  const operand =
    operator === 'is'
      ? value
      : typeof value === 'string'
        ? printValue(value)
        : operator === 'in'
          ? `(${value.map(printMember)})`
          : printValue(arrayLiteral(value))
  return `${operator}${modifier && `(${modifier})`}.${operand}`
}
