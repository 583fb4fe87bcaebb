import { splitQualifiedName } from '@rolecast/catalog'
import type { CachedRoutine } from '../schema-cache/schema-cache.js'

/** What a role may use in one schema, as PostgreSQL says. */
export interface Access {
  /** by name: the columns that it has some privilege on */
  readonly relations: ReadonlyMap<string, ReadonlySet<string>>
  /** keys of routines, see `routineKey` */
  readonly routines: ReadonlySet<string>
}

/**
 * Asks, as whoever runs it, what may be used in a schema: relations with any privilege on them and their columns, and
 * routines that may be executed.
 */
export function accessStatement(schema: string): { readonly text: string; readonly values: readonly string[] } {
  return { text, values: [schema] }
}

const text = `
  SELECT 'relation', class.relname::text, to_json(ARRAY(
    SELECT attribute.attname::text
    FROM pg_catalog.pg_attribute AS attribute
    WHERE attribute.attrelid = class.oid AND attribute.attnum > 0 AND NOT attribute.attisdropped
      AND pg_catalog.has_column_privilege(class.oid, attribute.attnum, 'SELECT, INSERT, UPDATE, REFERENCES')
    ORDER BY attribute.attnum
  ))::text
  FROM pg_catalog.pg_class AS class
  JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
  WHERE namespace.nspname = $1 AND class.relkind IN ('v', 'r', 'm', 'f', 'p') AND (
    pg_catalog.pg_has_role(class.relowner, 'USAGE')
    OR pg_catalog.has_table_privilege(class.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
    OR pg_catalog.has_any_column_privilege(class.oid, 'SELECT, INSERT, UPDATE, REFERENCES')
  )
  UNION ALL
  SELECT 'routine', routine.proname::text, to_json(ARRAY(
    SELECT CASE WHEN type.typelem <> 0 AND type.typlen = -1
      THEN element_namespace.nspname || '.' || element.typname || '[]'
      ELSE type_namespace.nspname || '.' || type.typname END
    FROM unnest(routine.proargtypes) WITH ORDINALITY AS argument (oid, position)
    JOIN pg_catalog.pg_type AS type ON type.oid = argument.oid
    JOIN pg_catalog.pg_namespace AS type_namespace ON type_namespace.oid = type.typnamespace
    LEFT JOIN pg_catalog.pg_type AS element ON element.oid = type.typelem
    LEFT JOIN pg_catalog.pg_namespace AS element_namespace ON element_namespace.oid = element.typnamespace
    ORDER BY argument.position
  ))::text
  FROM pg_catalog.pg_proc AS routine
  JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = routine.pronamespace
  WHERE namespace.nspname = $1 AND routine.prokind = 'f'
    AND pg_catalog.has_function_privilege(routine.oid, 'EXECUTE')`

/** @param rows of `accessStatement`, their columns as text: kind, name, and columns or argument types as JSON */
export function accessOf(rows: readonly (readonly (string | null)[])[]): Access {
  const relations = new Map<string, ReadonlySet<string>>()
  const routines = new Set<string>()
  for (const [kind, name, members] of rows) {
    if (typeof name !== 'string' || typeof members !== 'string') continue
    const list = JSON.parse(members) as readonly string[]
    if (kind === 'relation') relations.set(name, new Set(list))
    else routines.add(keyOf(name, list))
  }
  return { relations, routines }
}

/** Tells overloads apart, in the way that `accessStatement` names types. */
export function routineKey({ name, routine }: CachedRoutine): string {
  const inputs = routine.arguments.filter(({ mode }) => mode !== 'out' && mode !== 'table')
  const types = inputs.map(({ type }) => {
    const { schema, name: typeName } = splitQualifiedName(type.type)
    return `${schema}.${typeName}${type.array ? '[]' : ''}`
  })
  return keyOf(name, types)
}

function keyOf(name: string, types: readonly string[]): string {
  return JSON.stringify([name, ...types])
}
