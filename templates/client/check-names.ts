import { type Catalog, closestName, type Surface } from '@rolecast/catalog'
import type { RelationshipModel } from './model.js'
import { modelOf } from './model-of.js'
import type { ClientOptions } from './options.js'
import { scalarTypes } from './scalars.js'

/**
 * What is wrong with options that name what the database does not have: a slip in a name would otherwise do nothing,
 * and say nothing.
 *
 * @param surfaces of all roles: what relationships are called depends on who sees them
 */
export function nameProblems(
  catalog: Catalog,
  surfaces: readonly Surface[],
  options: ClientOptions,
): readonly string[] {
  const { overrides, rename = {} } = options
  return [
    ...strays('overrides', overrides, 'no column or type', () => typedThings(catalog, surfaces)),
    ...strays('rename.relations', rename.relations, 'no relation', () =>
      catalog.relations.map(({ schema, name }) => `${schema}.${name}`),
    ),
    ...strays('rename.columns', rename.columns, 'no column', () => [
      ...columnsOf(catalog, surfaces),
      ...resultColumns(surfaces),
    ]),
    ...strays('rename.functions', rename.functions, 'no function', () =>
      catalog.routines.map(({ schema, name }) => `${schema}.${name}`),
    ),
    ...strays('rename.arguments', rename.arguments, 'no argument', () => argumentsOf(surfaces)),
    ...strayRelationships(surfaces, options),
  ]
}

function strays(
  option: string,
  named: Readonly<Record<string, string>> | undefined,
  what: string,
  things: () => Iterable<string>,
): string[] {
  const keys = Object.keys(named ?? {})
  if (keys.length === 0) return []
  const known = new Set(things())
  return keys
    .filter((key) => !known.has(key))
    .map((key) => {
      const near = closestName(key, [...known])
      return `${option}: ${key} is ${what}${near === undefined ? '' : `; did you mean ${near}?`}`
    })
}

/** `schema.relation.column`, `schema.function.column` and `schema.type`. */
function* typedThings(catalog: Catalog, surfaces: readonly Surface[]): Generator<string> {
  yield* columnsOf(catalog, surfaces)
  yield* resultColumns(surfaces)
  for (const { schema, name } of catalog.types) yield `${schema}.${name}`
  for (const name of scalarTypes({}).keys()) yield `pg_catalog.${name}`
}

/** `schema.function.column` */
function* resultColumns(surfaces: readonly Surface[]): Generator<string> {
  for (const { schema, name, returns } of surfaces.flatMap(({ functions }) => functions)) {
    if (returns.kind === 'row') for (const column of returns.columns) yield `${schema}.${name}.${column.name}`
  }
}

/** `schema.function.argument` */
function* argumentsOf(surfaces: readonly Surface[]): Generator<string> {
  for (const { schema, name, parameters } of surfaces.flatMap(({ functions }) => functions)) {
    for (const parameter of parameters) yield `${schema}.${name}.${parameter.name}`
  }
}

/** `schema.relation.column`, computed fields included. */
function* columnsOf(catalog: Catalog, surfaces: readonly Surface[]): Generator<string> {
  for (const { schema, name, columns } of catalog.relations) {
    for (const column of columns) yield `${schema}.${name}.${column.name}`
  }
  for (const { relations } of surfaces) {
    for (const { schema, name, computed } of relations) {
      for (const field of computed) yield `${schema}.${name}.${field.name}`
    }
  }
}

/** Names of relationships that no client has; each with those of its relation, which an earlier version named otherwise. */
function strayRelationships(surfaces: readonly Surface[], { rename, names: _, ...options }: ClientOptions): string[] {
  const keys = Object.keys(rename?.relationships ?? {})
  if (keys.length === 0) return []
  const byRelation = new Map<string, Map<string, string>>()
  for (const { surface, relationships } of surfaces.flatMap((one) =>
    modelOf(one, options).schemas.flatMap(({ relations }) => relations),
  )) {
    const path = `${surface.schema}.${surface.name}`
    const known = byRelation.get(path) ?? new Map<string, string>()
    for (const relationship of relationships) known.set(relationship.property, shownKey(relationship))
    byRelation.set(path, known)
  }
  return keys.flatMap((key) => {
    const path = [...byRelation.keys()].find((each) => key.startsWith(`${each}.`)) ?? ''
    const known = byRelation.get(path)
    if (known?.has(key.slice(path.length + 1))) return []
    const list = [...(known ?? [])].map(([name, shown]) => `${name} (${shown})`).join(', ')
    const others = list === '' ? '' : `; ${path} has ${list}`
    return [`rename.relationships: ${key} is no relationship that a client has${others}`]
  })
}

function shownKey({ surface: { kind, columns, junction, target }, target: { surface } }: RelationshipModel): string {
  if (kind === 'computed') return `function, to ${surface.name}`
  if (junction !== null) return `through ${junction.name}, to ${target.name}`
  const [own, others] = [0, 1].map((side) => columns.map((pair) => pair[side]).join(', '))
  return `${own} to ${target.name}.${others}`
}
