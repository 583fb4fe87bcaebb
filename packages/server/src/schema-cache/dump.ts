import type { SchemaCache } from './schema-cache.js'

/**
 * The schema cache as JSON, for the admin server: under PostgREST's names of its parts, with this server's own
 * description of each thing.
 */
export function dumpSchemaCache(cache: SchemaCache, schemas: readonly string[]): string {
  const isExposed = ({ schema }: { readonly schema: string }) => schemas.includes(schema)
  const relations = [...cache.relations.values()].filter(isExposed)
  return JSON.stringify({
    dbTables: relations.map(({ schema, name, columns, primaryKey, relation }) => ({
      schema,
      name,
      isView: relation.view !== null,
      primaryKey,
      updatable: relation.updatable,
      columns: [...columns.values()],
    })),
    dbRelationships: [...cache.relationships.values()].flat(),
    dbRoutines: [...cache.routines.values()].flat().map(({ schema, name, parameters, returns, routine }) => ({
      schema,
      name,
      parameters,
      returns,
      volatility: routine.volatility,
    })),
    dbRepresentations: Object.fromEntries(
      Object.entries(cache.representations).map(([direction, functions]) => [direction, Object.fromEntries(functions)]),
    ),
    dbMediaHandlers: {
      anything: Object.fromEntries(cache.handlers.anything),
      specific: Object.fromEntries(
        [...cache.handlers.specific].map(([target, of]) => [target, Object.fromEntries(of)]),
      ),
    },
  })
}
