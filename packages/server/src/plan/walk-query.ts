import {
  type Condition,
  type Field,
  type Filter,
  type OrderTerm,
  preferenceKeys,
  preferenceRules,
  type Query,
  type SelectItem,
  type Selection,
} from '@rolecast/grammar'
import type { Payload } from '../parse/payload.js'

/** A value of a request that a statement takes as a parameter. */
export type Literal = string | readonly string[]

/** What a literal is of its owner: a filter, a selection, or an argument of a call. */
export type LiteralPart = 'value' | 'language' | 'limit' | 'offset' | 'argument'

/** Hears everything that a request consists of, in order. */
export interface QueryListener {
  /** something that decides the statement; texts do not run into one another */
  structure(text: string): void
  /** a value that does not: the statement takes it as a parameter */
  literal(value: Literal, owner: object, part: LiteralPart): void
}

export interface WalkedRequest {
  readonly query: Query
  readonly payload: Payload | null
  readonly schema: string
  /** preferences that handling=strict refuses */
  readonly refusedPreferences: readonly string[]
}

/** The one walk over a request: what tells requests apart and what numbers their literals both listen to it. */
export function walkRequest({ query, payload, schema, refusedPreferences }: WalkedRequest, to: QueryListener): void {
  flag(to, query.kind)
  name(to, schema)
  name(to, query.kind === 'call' ? query.routine : query.relation)
  names(to, query.accept)
  walkPreferences(query, to)
  // Such a request is never done, so it has no statement in common with one that is.
  flag(to, refusedPreferences.length > 0)
  if (query.kind === 'read') flag(to, query.headOnly)
  if (query.kind === 'insert') names(to, query.onConflict)
  if (query.kind === 'call') {
    flag(to, query.method)
    name(to, query.body?.type ?? null)
    for (const argument of argumentsOf(query.parameters, payload)) {
      name(to, argument[0])
      to.literal(argument[1], argument, 'argument')
    }
  }
  if (payload !== null) {
    flag(to, payload.kind)
    if (payload.kind === 'value') flag(to, payload.isUneven)
    names(to, payload.columns)
  }
  walkSelection(query.selection, to)
}

/** Arguments that are given one by one: of the URL, or of a form. */
export function argumentsOf(
  parameters: readonly (readonly [name: string, value: string])[],
  payload: Payload | null,
): readonly (readonly [name: string, value: string])[] {
  return payload?.kind === 'form' ? payload.fields : parameters
}

function walkPreferences({ preferences }: Query, to: QueryListener): void {
  for (const key of preferenceKeys) {
    if (preferenceRules[key].decidesStatement) flag(to, preferences[key] ?? null)
  }
  flag(to, preferences.maxAffected !== undefined)
}

function walkSelection(selection: Selection, to: QueryListener): void {
  const { items, where, order, limit, offset } = selection
  to.structure('(')
  for (const item of items) walkItem(item, to)
  to.structure('|')
  for (const condition of where) walkCondition(condition, to)
  to.structure('|')
  for (const term of order) walkOrder(term, to)
  to.structure('|')
  if (limit === null) to.structure('-')
  else to.literal(String(limit), selection, 'limit')
  if (offset === null) to.structure('-')
  else to.literal(String(offset), selection, 'offset')
  to.structure(')')
}

function walkItem(item: SelectItem, to: QueryListener): void {
  if (item.kind === 'all') {
    to.structure('*')
  } else if (item.kind === 'field') {
    to.structure('f')
    if (item.field === null) to.structure('-')
    else walkField(item.field, to)
    name(to, item.alias)
    name(to, item.cast)
    name(to, item.aggregate)
    name(to, item.aggregateCast)
  } else {
    to.structure(item.spread ? 's' : 'e')
    name(to, item.target)
    name(to, item.alias)
    name(to, item.hint)
    name(to, item.join)
    walkSelection(item.selection, to)
  }
}

function walkField({ name: field, path }: Field, to: QueryListener): void {
  name(to, field)
  for (const { arrow, operand } of path) {
    to.structure(arrow)
    if (typeof operand === 'number') flag(to, operand)
    else name(to, operand)
  }
  to.structure(';')
}

function walkCondition(condition: Condition, to: QueryListener): void {
  if (condition.kind === 'filter') {
    walkFilter(condition, to)
  } else if (condition.kind === 'embed-filter') {
    to.structure(condition.negated ? 'N' : 'n')
    name(to, condition.embed)
  } else {
    to.structure(`${condition.negated ? '!' : ''}${condition.kind}[`)
    for (const inner of condition.conditions) walkCondition(inner, to)
    to.structure(']')
  }
}

function walkFilter(filter: Filter, to: QueryListener): void {
  walkField(filter.field, to)
  flag(to, filter.negated)
  flag(to, filter.operator)
  flag(to, filter.quantifier)
  // the value of `is` is a key word of the statement
  if (filter.operator === 'is') name(to, String(filter.value))
  to.literal(filter.value, filter, 'value')
  if (filter.language === null) to.structure('-')
  else to.literal(filter.language, filter, 'language')
}

function walkOrder({ embed, field, direction, nulls }: OrderTerm, to: QueryListener): void {
  name(to, embed)
  walkField(field, to)
  flag(to, direction)
  flag(to, nulls)
}

function names(to: QueryListener, list: readonly string[] | null): void {
  flag(to, list === null ? null : list.length)
  for (const one of list ?? []) name(to, one)
}

function name(to: QueryListener, text: string | null): void {
  to.structure(text === null ? '-' : `${text.length}:${text}`)
}

function flag(to: QueryListener, value: string | number | boolean | null): void {
  to.structure(`${value};`)
}
