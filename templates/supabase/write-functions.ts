import type { FunctionSurface, RelationSurface, RelationshipSurface, ReturnSurface } from '@rolecast/catalog'
import { saysNotNull } from '../writing/comment-tags.js'
import { literal, typeKey } from '../writing/literals.js'
import { optionalMember } from '../writing/optional-member.js'
import { nameKey, parseQualifiedName } from '../writing/qualified-name.js'
import { arrayOf, orNull } from '../writing/type-text.js'
import { type Context, rowPath, sentValue } from './write-relation.js'

/** The signatures of a schema's functions, by name: the functions of a name are a union. */
export function functionTypes(
  functions: readonly FunctionSurface[],
  relations: readonly RelationSurface[],
  context: Context,
): ReadonlyMap<string, readonly string[]> {
  const signatures = new Map<string, string[]>(fieldTypes(relations))
  for (const [name, texts] of relations.flatMap((relation) => relationshipFunctions(relation, context))) {
    signatures.set(name, [...(signatures.get(name) ?? []), ...texts])
  }
  const ofRows = new Set(signatures.keys())
  // Without arguments supabase-js takes the last signature, so the one that needs the fewest stands there.
  const callable = functions
    .filter((each) => isSent(each) && !(ofRows.has(each.name) && takesRow(each, relations)))
    .sort((a, b) => needs(b) - needs(a))
  for (const each of callable) {
    signatures.set(each.name, [...(signatures.get(each.name) ?? []), signatureOf(each, context)])
  }
  return new Map([...signatures].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Whether supabase-js can call it: it sends JSON, never text, bytes or XML as the one unnamed argument. */
export function isSent({ bodyType }: FunctionSurface): boolean {
  return bodyType === null || bodyType.type === 'pg_catalog.json' || bodyType.type === 'pg_catalog.jsonb'
}

const needs = ({ parameters }: FunctionSurface) => parameters.filter(({ required }) => required).length

/** A computed field or relationship may have a name for its argument: it is a function with one argument then, too. */
function takesRow({ parameters }: FunctionSurface, relations: readonly RelationSurface[]): boolean {
  const [only, ...others] = parameters
  if (only === undefined || others.length > 0 || only.type.array) return false
  const [schema, name] = parseQualifiedName(only.type.type)
  return relations.some((relation) => relation.schema === schema && relation.name === name)
}

/**
 * Computed fields. supabase-js before 2.119 finds in functions which keys of a row `*` leaves out: a function of the row.
 * One of several rows is written as one of all of these, so that each is found.
 */
function fieldTypes(relations: readonly RelationSurface[]): readonly [string, string[]][] {
  const rows = new Map<string, string[]>()
  for (const relation of relations) {
    for (const { name } of relation.computed) rows.set(name, [...(rows.get(name) ?? []), rowPath(relation)])
  }
  return [...rows].map(([name, paths]) => [
    name,
    [
      `{ Args: { '': ${paths.join(' & ')} }; Returns: { error: true } & ${literal(`${name} is a computed field: select it`)} }`,
    ],
  ])
}

/** Computed relationships: functions of a row that return rows of a relation. */
function relationshipFunctions(relation: RelationSurface, { relations }: Context): readonly [string, string[]][] {
  return relation.relationships
    .filter(({ kind }) => kind === 'computed')
    .flatMap((link): [string, string[]][] => {
      const target = relations.get(nameKey(link.target.schema, link.target.name))
      return target === undefined ? [] : [[link.request, [relationshipFunction(relation, link, target)]]]
    })
}

function relationshipFunction(relation: RelationSurface, link: RelationshipSurface, target: RelationSurface): string {
  const isOne = link.cardinality === 'one'
  const row = rowPath(target)
  const options = setofOptions({ from: relation.name, to: target.name, isOneToOne: isOne, isSetofReturn: true })
  return `{ Args: { '': ${rowPath(relation)} }; Returns: ${isOne ? row : arrayOf(row)}; ${options} }`
}

function setofOptions(said: {
  readonly from: string
  readonly to: string
  readonly isOneToOne: boolean
  readonly isSetofReturn: boolean
}): string {
  const { from, to, isOneToOne, isSetofReturn } = said
  return `SetofOptions: { from: ${literal(from)}; to: ${literal(to)}; isOneToOne: ${isOneToOne}; isSetofReturn: ${isSetofReturn} }`
}

function signatureOf(each: FunctionSurface, context: Context): string {
  const { returns, options } = resultOf(each, context)
  return `{ Args: ${argumentsOf(each, context)}; Returns: ${returns}${options === null ? '' : `; ${options}`} }`
}

function argumentsOf({ parameters, bodyType, strict }: FunctionSurface, { types }: Context): string {
  if (bodyType !== null) return '{ [key: string]: Json | undefined }'
  if (parameters.length === 0) return 'Record<PropertyKey, never>'
  const members = parameters.map(({ name, type, required, refusesNull }) => {
    const value = sentValue(types.of(type), { nullable: !strict && !refusesNull, refusesNull })
    return required ? `${typeKey(name)}: ${value}` : optionalMember(name, value)
  })
  return `{ ${members.join('; ')} }`
}

function resultOf(each: FunctionSurface, context: Context): { returns: string; options: string | null } {
  const { returns, comment } = each
  switch (returns.kind) {
    case 'void':
      return { returns: 'null', options: null }
    case 'value': {
      const { type } = context.types.of(returns.type)
      return { returns: returns.set ? arrayOf(type) : orNull(type, !saysNotNull(comment)), options: null }
    }
    case 'row':
      return rowsOf(each, returns, context)
  }
}

/** Rows of a relation have the columns that the role may read of it; without SETOF there may be no row, which is one of nulls. */
function rowsOf(
  { schema, name, comment }: FunctionSurface,
  { columns, set, relation }: Extract<ReturnSurface, { kind: 'row' }>,
  { types, relations }: Context,
): { returns: string; options: string | null } {
  const known = relation === null ? undefined : relations.get(nameKey(relation.schema, relation.name))
  const visible = known === undefined ? columns : columns.filter((column) => known.select.includes(column.name))
  const key = known === undefined ? `${schema}.${name}` : `${known.schema}.${known.name}`
  const isSure = set || saysNotNull(comment)
  const members = visible.map(
    (column) =>
      `${typeKey(column.name)}: ${orNull(types.of(column.type, `${key}.${column.name}`).type, column.nullable || !isSure)}`,
  )
  const row = members.length === 0 ? 'Record<string, unknown>' : `{ ${members.join('; ')} }`
  const isSelectable = known !== undefined && known.schema === schema && known.select.length > 0
  return {
    returns: set ? `${row}[]` : row,
    options: isSelectable ? setofOptions({ from: '*', to: known.name, isOneToOne: !set, isSetofReturn: set }) : null,
  }
}
