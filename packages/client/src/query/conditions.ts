import type { Condition, Filter, Operator } from '@rolecast/grammar'
import type { ColumnKind, RelationMeta } from '../metadata.js'
import { fieldOf, kindOf } from './select-items.js'
import { textOf } from './values.js'

export interface FilterObject {
  readonly [name: string]: unknown
}

/**
 * The conditions of a filter object; all of them hold. `embeds` gets the names of relationships that they mention.
 * @throws TypeError for a value that is undefined: a condition is not to vanish
 */
export function conditionsOf(filter: FilterObject, meta: RelationMeta, embeds: Set<string>): Condition[] {
  const [columns, , , relationships] = meta
  return Object.entries(filter).flatMap(([name, value]): Condition[] => {
    if (value === undefined) throw new TypeError(`The condition on ${name} is undefined`)
    if (/^\$(?:or|and|not)$/.test(name) && !columns.includes(name)) {
      const parts = (member: unknown) => conditionsOf(member as FilterObject, meta, embeds)
      const conditions =
        name === '$not' ? parts(value) : (value as unknown[]).map((member) => conjunction(parts(member)))
      return [{ kind: name === '$or' ? 'or' : 'and', negated: name === '$not', conditions }]
    }
    if (relationships && Object.hasOwn(relationships, name)) {
      embeds.add(name)
      return [{ kind: 'embed-filter', embed: name, negated: value === 'some' }]
    }
    return columnConditions(name, value, kindOf(meta, name))
  })
}

/** One condition that holds where all of them do. */
export function conjunction(conditions: readonly Condition[]): Condition {
  const [only] = conditions
  return only && conditions.length === 1 ? only : { kind: 'and', negated: false, conditions }
}

function columnConditions(name: string, value: unknown, kind: ColumnKind | undefined): Condition[] {
  if (value === null) return operations(name, { is: value }, kind)
  if (Array.isArray(value)) return operations(name, isList(kind) ? { eq: value } : { in: value }, kind)
  return operations(name, typeof value === 'object' ? value : { eq: value }, kind)
}

function isList(kind: ColumnKind | undefined): boolean {
  return kind === 'a' || kind === 'T' || kind === 'B'
}

function operations(name: string, operators: object, kind: ColumnKind | undefined, negated = false): Condition[] {
  const { path = [], ...rest } = operators as { path?: readonly (string | number)[] }
  const field = fieldOf(name, path, '->>')
  return Object.entries(rest).flatMap(([operator, operand]: [string, unknown]): Condition[] => {
    if (operand === undefined) throw new TypeError(`The condition on ${name} is undefined`)
    if (operator === 'not') return operations(name, { path, ...(operand as object) }, kind, !negated)
    return [{ ...operation(operator as Operator, operand, path.length > 0 ? undefined : kind), field, negated }]
  })
}

function operation(
  operator: Operator,
  operand: unknown,
  kind: ColumnKind | undefined,
): Omit<Filter, 'field' | 'negated'> {
  const text = (value: unknown) => textOf(value, kind)
  const filter = { kind: 'filter', operator, quantifier: null, language: null } as const
  if (operator === 'is') return { ...filter, value: String(operand) }
  if (operator === 'in') return { ...filter, value: (operand as unknown[]).map(text) }
  if (kind !== 'j' && operand && typeof operand === 'object' && !Array.isArray(operand)) {
    const { query, language, any, all } = operand as { [key: string]: string | unknown[] }
    if (query) return { ...filter, value: query as string, language: language as string }
    const list = (any ?? all) as unknown[]
    return { ...filter, value: list.map(text), quantifier: any ? 'any' : 'all' }
  }
  return { ...filter, value: text(operand) }
}
