import type { Condition, Filter, LogicalCondition } from '../query.js'
import { arrayLiteral, printIdentifier, printMember, printName } from './escape.js'
import { printField } from './field.js'

type Parameter = readonly [name: string, value: string]

/** A condition as a parameter of its own, for the relation that `prefix` (`embed.` or empty) leads to. */
export function printCondition(condition: Condition, prefix: string): Parameter {
  switch (condition.kind) {
    case 'filter':
      return [prefix + printField(condition.field), printOperation(condition, (value) => value)]
    case 'embed-filter':
      return [prefix + printName(condition.embed), condition.negated ? 'not.is.null' : 'is.null']
    default:
      return [prefix + printConnective(condition), printConditions(condition)]
  }
}

function printMemberCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'filter':
      return `${printField(condition.field)}.${printOperation(condition, printMember)}`
    case 'embed-filter':
      return `${printName(condition.embed)}.${condition.negated ? 'not.is.null' : 'is.null'}`
    default:
      return printConnective(condition) + printConditions(condition)
  }
}

function printConnective({ kind, negated }: LogicalCondition): string {
  return negated ? `not.${kind}` : kind
}

function printConditions({ kind, conditions }: LogicalCondition): string {
  if (conditions.length === 0) throw new TypeError(`${kind} needs at least one condition`)
  return `(${conditions.map(printMemberCondition).join(',')})`
}

function printOperation(filter: Filter, printValue: (value: string) => string): string {
  const { negated, operator, quantifier, language } = filter
  const modifier = quantifier ?? (language === null ? null : printIdentifier(language))
  return (
    (negated ? 'not.' : '') +
    operator +
    (modifier === null ? '' : `(${modifier})`) +
    `.${printFilterValue(filter, printValue)}`
  )
}

function printFilterValue({ operator, value }: Filter, printValue: (value: string) => string): string {
  if (typeof value === 'string') return operator === 'is' ? value : printValue(value)
  return operator === 'in' ? `(${value.map(printMember).join(',')})` : printValue(arrayLiteral(value))
}
