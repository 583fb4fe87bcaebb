import { type Catalog, closestName, type Surface } from '@rolecast/catalog'
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
    ...strays('rename.columns', rename.columns, 'no column', () => columnsOf(catalog, surfaces)),
    ...strays('rename.functions', rename.functions, 'no function', () =>
      catalog.routines.map(({ schema, name }) => `${schema}.${name}`),
    ),
    ...strays('rename.relationships', rename.relationships, 'no relationship that a client has', () =>
      relationshipsBefore(surfaces, options),
    ),
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
  for (const { functions } of surfaces) {
    for (const { schema, name, returns } of functions) {
      if (returns.kind === 'row') for (const column of returns.columns) yield `${schema}.${name}.${column.name}`
    }
  }
  for (const { schema, name } of catalog.types) yield `${schema}.${name}`
  for (const name of scalarTypes({}).keys()) yield `pg_catalog.${name}`
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

/** By the names that they have where nothing renames them. */
function relationshipsBefore(surfaces: readonly Surface[], { rename: _, ...options }: ClientOptions): string[] {
  return surfaces.flatMap((surface) =>
    modelOf(surface, options).schemas.flatMap(({ relations }) =>
      relations.flatMap(({ surface: { schema, name }, relationships }) =>
        relationships.map(({ property }) => `${schema}.${name}.${property}`),
      ),
    ),
  )
}
