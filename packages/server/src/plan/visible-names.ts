import type { QualifiedName } from '@rolecast/catalog'

/**
 * Names that a role may know of. Hints suggest nothing else: a mistyped name must not find out what there is besides.
 * Undefined: not asked yet, and then nothing is suggested.
 */
export interface VisibleNames {
  readonly relations: ReadonlySet<QualifiedName>
  readonly routines: ReadonlySet<QualifiedName>
}

export const noNames: VisibleNames = { relations: new Set(), routines: new Set() }

/** Asks what the role may use in the schemas of $1. */
export const visibleNamesText = `
  SELECT 'relation', namespace.nspname::text, class.relname::text
  FROM pg_catalog.pg_class AS class
  JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = class.relnamespace
  WHERE namespace.nspname = ANY ($1::text[]) AND class.relkind IN ('r', 'v', 'm', 'f', 'p')
    AND pg_catalog.has_schema_privilege(namespace.oid, 'USAGE')
    AND (pg_catalog.has_table_privilege(class.oid, 'SELECT, INSERT, UPDATE, DELETE')
      OR pg_catalog.has_any_column_privilege(class.oid, 'SELECT, INSERT, UPDATE'))
  UNION ALL
  SELECT 'routine', namespace.nspname::text, routine.proname::text
  FROM pg_catalog.pg_proc AS routine
  JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = routine.pronamespace
  WHERE namespace.nspname = ANY ($1::text[])
    AND pg_catalog.has_schema_privilege(namespace.oid, 'USAGE')
    AND pg_catalog.has_function_privilege(routine.oid, 'EXECUTE')`
