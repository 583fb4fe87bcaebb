import pg from 'pg'
import { ConfigError } from '../errors/config-error.js'
import { identifier, qualified } from '../sql/quote.js'
import { databaseName, keyDefinitions } from './keys.js'
import type { ObjectName } from './object-name.js'

/** What this needs of a connection. */
export interface Queryable {
  query(text: string, values: readonly unknown[]): Promise<{ readonly rows: readonly Record<string, unknown>[] }>
}

const names: readonly string[] = keyDefinitions
  .filter(({ inDatabase }) => inDatabase)
  .map(({ key }) => `pgrst.${databaseName(key)}`)

/**
 * What the database says of the configuration ("In-Database Configuration" in PostgREST's manual): settings of the
 * connecting role in this database, then in all, then what the db-pre-config function set. Keys as `databaseName` has
 * them.
 * @throws ConfigError where the db-pre-config function cannot be called, or fails
 */
export async function readDatabaseSettings(
  connection: Queryable,
  preConfig: ObjectName | null,
): Promise<Record<string, string>> {
  const { rows } = await connection.query(statement(preConfig), [names]).catch((error: unknown) => {
    throw preConfig === null || isOfTheServer(error) ? error : preConfigFailed(preConfig, error)
  })
  return Object.fromEntries(rows.map(({ key, value }) => [String(key), String(value)]))
}

/** Whether PostgreSQL itself has a problem (classes 53, 57, 58 and 08 of SQLSTATE), or the connection to it. */
function isOfTheServer(error: unknown): boolean {
  return !(error instanceof pg.DatabaseError) || /^(?:08|53|57|58)/.test(error.code ?? '')
}

function preConfigFailed({ schema, name }: ObjectName, error: unknown): ConfigError {
  const reason = error instanceof Error ? error.message : String(error)
  const written = schema === null ? name : `${schema}.${name}`
  return new ConfigError(`db-pre-config: the function ${written} failed: ${reason}`, { cause: error })
}

function statement(preConfig: ObjectName | null): string {
  const called =
    preConfig === null
      ? ''
      : `union
         select null::oid, name, current_setting(name, true)
         from unnest($1::text[]) as name, ${callee(preConfig)}() as called`
  return `
    with own as (
      select setdatabase, unnest(setconfig) as setting
      from pg_catalog.pg_db_role_setting
      where setrole = (select oid from pg_catalog.pg_roles where rolname = current_user)
        and setdatabase in (0, (select oid from pg_catalog.pg_database where datname = current_catalog))
    ), found as (
      select setdatabase, split_part(setting, '=', 1) as name, substr(setting, strpos(setting, '=') + 1) as value
      from own
      ${called}
    )
    select distinct on (name) substr(name, 7) as key, value
    from found
    where name = any($1) and value is not null
    order by name, setdatabase desc nulls last`
}

function callee({ schema, name }: ObjectName): string {
  return schema === null ? identifier(name) : qualified(schema, name)
}
