const temporaryName = "nspname ~ '^pg_(toast_)?temp_'"

/** Of rows that belong to a relation: not a temporary one's. */
const ofLastingRelation = (column: string) => `NOT EXISTS (
      SELECT FROM pg_catalog.pg_class AS temporary
      WHERE temporary.oid = entry.${column} AND temporary.relpersistence = 't')`

/** Of what is in a schema: not in one for temporary objects. */
const inLastingSchema = (column: string) => `NOT EXISTS (
      SELECT FROM pg_catalog.pg_namespace AS temporary
      WHERE temporary.oid = entry.${column} AND temporary.${temporaryName})`

/** System catalogs that a description depends on, and which of their rows count. */
const catalogs: readonly (readonly [name: string, condition: string])[] = [
  ['pg_class', "entry.relpersistence <> 't'"],
  ['pg_attribute', ofLastingRelation('attrelid')],
  ['pg_attrdef', ofLastingRelation('adrelid')],
  ['pg_constraint', ofLastingRelation('conrelid')],
  ['pg_index', ofLastingRelation('indrelid')],
  ['pg_inherits', ofLastingRelation('inhrelid')],
  ['pg_policy', ofLastingRelation('polrelid')],
  ['pg_trigger', ofLastingRelation('tgrelid')],
  ['pg_rewrite', ofLastingRelation('ev_class')],
  ['pg_type', inLastingSchema('typnamespace')],
  ['pg_proc', inLastingSchema('pronamespace')],
  ['pg_operator', inLastingSchema('oprnamespace')],
  ['pg_namespace', `NOT entry.${temporaryName}`],
  ['pg_enum', 'true'],
  ['pg_range', 'true'],
  ['pg_cast', 'true'],
  ['pg_description', 'true'],
  ['pg_auth_members', 'true'],
]

/**
 * Asks for one text that changes whenever definitions, privileges, policies or roles do: a hash over the versions of the
 * catalogs' rows, of which each change makes new ones. Temporary objects come and go with sessions, and do not count.
 */
export const catalogStateText = `
  WITH version (catalog, row) AS (
    ${[...catalogs.map(versionsOf), `SELECT 'pg_roles', role::text FROM pg_catalog.pg_roles AS role`].join('\n    UNION ALL ')}
  )
  SELECT concat(count(*), ' ', sum(pg_catalog.hashtextextended(catalog || ' ' || row, 0))) FROM version`

function versionsOf([name, condition]: (typeof catalogs)[number]): string {
  return `SELECT '${name}', concat(entry.xmin, entry.ctid) FROM pg_catalog.${name} AS entry WHERE ${condition}`
}
