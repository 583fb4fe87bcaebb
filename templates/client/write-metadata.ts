import type { ColumnKind } from '@rolecast/client'
import { literal, objectKey } from '../writing/literals.js'
import type { ColumnModel, FunctionModel, RelationModel, RelationshipModel, SchemaModel } from './model.js'
import { alwaysReturns } from './write-functions.js'

/** The runtime's view of a schema, as JavaScript: see `SchemaMeta` in `@rolecast/client`. */
export function schemaMetadata({ name, relations, functions, isDefault }: SchemaModel): string {
  const relationEntries = relations.map(
    (relation) => `      ${objectKey(relation.property)}: ${relationMetadata(relation)},\n`,
  )
  const functionEntries = functions.map(({ property, overloads }) => {
    const entries = overloads.map((overload) => functionMetadata(overload, property, overloads.length > 1))
    const [only] = entries
    return `      ${objectKey(property)}: ${entries.length === 1 ? only : `[${entries.join(', ')}]`},\n`
  })
  return (
    `  {\n    name: ${literal(name)},\n${isDefault ? '' : '    isDefault: false,\n'}` +
    `    relations: {${block(relationEntries)}},\n    functions: {${block(functionEntries)}},\n  },\n`
  )
}

function block(entries: readonly string[]): string {
  return entries.length === 0 ? '' : `\n${entries.join('')}    `
}

/** Columns have the client's names. */
function relationMetadata({ surface, property, columns, computed, relationships }: RelationModel): string {
  const special = [...columns.values()].filter(
    ({ name, type }) => type.kind !== null && (surface.select.includes(name) || surface.filter.includes(name)),
  )
  const kinds = columnKinds([...special, ...computed])
  const links = relationships.map(
    (relationship) => [relationship.property, relationshipMetadata(relationship)] as const,
  )
  const renamed = renamedColumns({ columns, computed })
  const named = (names: readonly string[]) => list(names.map((name) => columns.get(name)?.property ?? name))
  const hasKey = surface.primaryKey.length > 0
  const orders = hasKey
    ? []
    : surface.select.filter((name) => isOrdered(columns.get(name)) && surface.filter.includes(name))
  return tuple([
    named(surface.select),
    kinds,
    hasKey ? named(surface.primaryKey) : null,
    links.length > 0 ? object(links) : null,
    property === surface.name ? null : literal(surface.name),
    renamed.length > 0 ? object(renamed) : null,
    orders.length > 0 ? named(orders) : null,
  ])
}

function isOrdered(column: ColumnModel | undefined): boolean {
  return column?.type.abilities.ordered === true
}

/** What the client calls otherwise, with the names in the database. */
function renamedColumns({ columns, computed }: Pick<RelationModel, 'columns' | 'computed'>) {
  return renamedOf([...columns.values(), ...computed])
}

function renamedOf(things: readonly { readonly name: string; readonly property: string }[]) {
  return things
    .filter(({ name, property }) => name !== property)
    .map(({ name, property }) => [property, literal(name)] as const)
}

function relationshipMetadata({ surface: { hint, request }, target }: RelationshipModel): string {
  const ownRequest = request === target.surface.name ? null : literal(request)
  if (hint === null && ownRequest === null) return literal(target.property)
  return tuple([literal(target.property), hint === null ? null : literal(hint), ownRequest])
}

function functionMetadata(model: FunctionModel, property: string, overloaded: boolean): string {
  const { surface, parameters, resultRelation, resultColumns } = model
  const { returns } = surface
  const entries: (readonly [string, string])[] = []
  if (returns.kind === 'value') entries.push(['returns', literal('value')])
  if (returns.kind === 'row') entries.push(['returns', literal(returns.set ? 'rows' : 'row')])
  if (resultRelation !== null) entries.push(['rows', literal(resultRelation.property)])
  if (resultColumns !== null) {
    const names = renamedOf(resultColumns)
    const columns = [list(resultColumns.map(({ property }) => property)), columnKinds(resultColumns)]
    entries.push(['rows', tuple([...columns, null, null, null, names.length > 0 ? object(names) : null])])
  }
  const sure = returns.kind === 'row' && !returns.set && !alwaysReturns(surface) ? sureColumns(model) : []
  if (sure.length > 0) entries.push(['sure', list(sure)])
  const names = renamedOf(parameters)
  if (names.length > 0) entries.push(['names', object(names)])
  if (model.resultKind !== null) entries.push(['kind', literal(model.resultKind)])
  // In a URL a document could not be told from a text.
  const hasDocuments = parameters.some(({ columnType }) => /j/i.test(columnType.kind ?? ''))
  if (surface.readOnly && !hasDocuments) entries.push(['get', 'true'])
  if (surface.bodyType !== null) entries.push(['body', literal(bodyMediaType(surface.bodyType.type))])
  const variadic = parameters.find((parameter) => parameter.variadic)
  if (variadic !== undefined) entries.push(['variadic', literal(variadic.name)])
  if (surface.name !== property) entries.push(['name', literal(surface.name)])
  if (overloaded) {
    const sorted = [...parameters].sort((a, b) => Number(b.required) - Number(a.required))
    const required = sorted.filter((parameter) => parameter.required).length
    entries.push(['arguments', `[${list(sorted.map(({ name }) => name))}, ${required}]`])
  }
  return object(entries)
}

/** Columns of a result that no row has null in, by type as well. */
function sureColumns({ resultRelation, resultColumns }: FunctionModel): string[] {
  const { select } = resultRelation?.surface ?? {}
  const columns = resultColumns ?? [...(resultRelation?.columns.values() ?? [])]
  return columns
    .filter(({ name, nullable, type }) => !nullable && select?.includes(name) !== false && !mayBeNull(type))
    .map(({ name }) => name)
}

function mayBeNull({ type, base }: ColumnModel['type']): boolean {
  return /^jsonb?$/.test(base) || /\b(?:null|unknown|any)\b/.test(type)
}

/** The media type by which a function with one unnamed argument is called. */
function bodyMediaType(type: string): string {
  if (type === 'pg_catalog.bytea') return 'application/octet-stream'
  if (type === 'pg_catalog.xml') return 'text/xml'
  return type === 'pg_catalog.text' ? 'text/plain' : 'application/json'
}

function columnKinds(columns: readonly ColumnModel[]): string | null {
  const kinds = columns.flatMap(({ property, type }) =>
    type.kind === null ? [] : [[property, literal(type.kind satisfies ColumnKind)] as const],
  )
  return kinds.length > 0 ? object(kinds) : null
}

/** An array without what is absent at its end; 0 stands for what is absent before. */
function tuple(items: readonly (string | null)[]): string {
  const last = items.findLastIndex((item) => item !== null)
  return `[${items
    .slice(0, last + 1)
    .map((item) => item ?? '0')
    .join(', ')}]`
}

function list(names: readonly string[]): string {
  return `[${names.map(literal).join(', ')}]`
}

function object(entries: readonly (readonly [string, string])[]): string {
  return entries.length === 0 ? '{}' : `{ ${entries.map(([key, value]) => `${objectKey(key)}: ${value}`).join(', ')} }`
}
