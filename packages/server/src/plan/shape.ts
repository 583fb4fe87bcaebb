import type { Condition, Field, Filter, OrderTerm, Query, SelectItem, Selection } from '@rolecast/grammar'
import type { Payload } from '../parse/payload.js'

/** A value of a request that a statement takes as a parameter. */
export type Literal = string | readonly string[]

/**
 * A request taken apart: `key` is everything that decides the statement, `literals` is the rest. Two requests with the
 * same key have the same plan and the same statement.
 */
export interface Shape {
  readonly key: string
  readonly literals: readonly Literal[]
}

/**
 * Where literals are in the list, for the planner: it numbers them by walking the query in the same order. Filters have
 * one or two (the value, then the language), selections two more at most (limit, then offset).
 */
export class ShapeBuilder {
  readonly literals: Literal[] = []
  key = ''

  name(text: string | null): void {
    this.key += text === null ? '-' : `${text.length}:${text}`
  }

  flag(text: string | number | boolean | null): void {
    this.key += `${text};`
  }

  literal(value: Literal): void {
    this.literals.push(value)
    this.key += '?'
  }
}

export function shapeOf(query: Query, payload: Payload | null, schema: string): Shape {
  const shape = new ShapeBuilder()
  shape.flag(query.kind)
  shape.name(schema)
  shape.name(query.kind === 'call' ? query.routine : query.relation)
  names(shape, query.accept)
  const { preferences } = query
  shape.flag(preferences.return ?? null)
  shape.flag(preferences.count ?? null)
  shape.flag(preferences.resolution ?? null)
  shape.flag(preferences.missing ?? null)
  shape.flag(preferences.handling === 'strict' && preferences.maxAffected !== undefined)
  if (query.kind === 'read') shape.flag(query.headOnly)
  if (query.kind === 'insert') names(shape, query.onConflict)
  if (query.kind === 'call') {
    shape.flag(query.method)
    shape.name(query.body?.type ?? null)
    for (const [name, value] of argumentsOf(query.parameters, payload)) {
      shape.name(name)
      shape.literal(value)
    }
  }
  if (payload !== null) {
    shape.flag(payload.kind)
    names(shape, payload.columns)
  }
  addSelection(shape, query.selection)
  return shape
}

/** Arguments that are given one by one: of the URL, or of a form. */
export function argumentsOf(
  parameters: readonly (readonly [name: string, value: string])[],
  payload: Payload | null,
): readonly (readonly [name: string, value: string])[] {
  return payload?.kind === 'form' ? payload.fields : parameters
}

function names(shape: ShapeBuilder, list: readonly string[] | null): void {
  shape.flag(list === null ? null : list.length)
  for (const name of list ?? []) shape.name(name)
}

function addSelection(shape: ShapeBuilder, { items, where, order, limit, offset }: Selection): void {
  shape.key += '('
  for (const item of items) addItem(shape, item)
  shape.key += '|'
  for (const condition of where) addCondition(shape, condition)
  shape.key += '|'
  for (const term of order) addOrder(shape, term)
  shape.key += '|'
  if (limit === null) shape.key += '-'
  else shape.literal(String(limit))
  if (offset === null) shape.key += '-'
  else shape.literal(String(offset))
  shape.key += ')'
}

function addItem(shape: ShapeBuilder, item: SelectItem): void {
  if (item.kind === 'all') {
    shape.key += '*'
  } else if (item.kind === 'field') {
    shape.key += 'f'
    if (item.field === null) shape.key += '-'
    else addField(shape, item.field)
    shape.name(item.alias)
    shape.name(item.cast)
    shape.name(item.aggregate)
    shape.name(item.aggregateCast)
  } else {
    shape.key += item.spread ? 's' : 'e'
    shape.name(item.target)
    shape.name(item.alias)
    shape.name(item.hint)
    shape.name(item.join)
    addSelection(shape, item.selection)
  }
}

function addField(shape: ShapeBuilder, { name, path }: Field): void {
  shape.name(name)
  for (const { arrow, operand } of path) {
    shape.key += arrow
    if (typeof operand === 'number') shape.flag(operand)
    else shape.name(operand)
  }
  shape.key += ';'
}

function addCondition(shape: ShapeBuilder, condition: Condition): void {
  if (condition.kind === 'filter') {
    addFilter(shape, condition)
  } else if (condition.kind === 'embed-filter') {
    shape.key += condition.negated ? 'N' : 'n'
    shape.name(condition.embed)
  } else {
    shape.key += `${condition.negated ? '!' : ''}${condition.kind}[`
    for (const inner of condition.conditions) addCondition(shape, inner)
    shape.key += ']'
  }
}

function addFilter(shape: ShapeBuilder, filter: Filter): void {
  addField(shape, filter.field)
  shape.flag(filter.negated)
  shape.flag(filter.operator)
  shape.flag(filter.quantifier)
  // the value of `is` is a key word of the statement
  if (filter.operator === 'is') shape.name(String(filter.value))
  shape.literal(filter.value)
  if (filter.language === null) shape.key += '-'
  else shape.literal(filter.language)
}

function addOrder(shape: ShapeBuilder, { embed, field, direction, nulls }: OrderTerm): void {
  shape.name(embed)
  addField(shape, field)
  shape.flag(direction)
  shape.flag(nulls)
}
