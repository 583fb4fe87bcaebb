import { hasFeature, introspect } from '@rolecast/catalog'
import type pg from 'pg'
import type { Config } from '../config/config.js'
import { buildSchemaCache } from './build-schema-cache.js'
import { checkAgainstDatabase } from './check-config.js'
import { type RoleSettings, roleSettingsOf } from './role-settings.js'
import type { SchemaCache } from './schema-cache.js'
import { readSessionDependent } from './session-dependent.js'
import { readTypesWithCode } from './types-with-code.js'

/** What is read from the database before requests can be answered. */
export interface DatabaseState {
  readonly cache: SchemaCache
  readonly roleSettings: ReadonlyMap<string, RoleSettings>
  /** roles that the login role may become and that no row security holds: superusers and those with BYPASSRLS */
  readonly privilegedRoles: readonly string[]
  /** IMMUTABLE functions whose answer depends on who asks, as `schema.name(types)` */
  readonly misdeclaredFunctions: readonly string[]
  /** the role that the server connects as, as PostgreSQL names it: a pooler may have logged in as another than db-uri says */
  readonly loginRole: string
  /** what of the configuration works for some requests only, for the log */
  readonly warnings: readonly string[]
  /** of PostgreSQL, as it says it */
  readonly version: string
  /** how many roles the login role may become */
  readonly roleCount: number
}

const privilegedRolesText = `
  SELECT rolname AS name
  FROM pg_catalog.pg_roles
  WHERE (rolsuper OR rolbypassrls) AND rolname <> current_user AND pg_catalog.pg_has_role(oid, 'MEMBER')
  ORDER BY rolname`

const serverText = `
  SELECT current_setting('server_version') AS version,
         (SELECT count(*)::int FROM pg_catalog.pg_roles
          WHERE rolname <> current_user AND pg_catalog.pg_has_role(oid, 'MEMBER')) AS roles`

/** Settings of roles that the login role is a member of, as far as it may set them itself. */
const roleSettingsText = (canAskPrivileges: boolean) => `
  SELECT role.rolname AS role, setting.name, setting.value
  FROM pg_auth_members AS membership
  JOIN pg_roles AS role ON role.oid = membership.roleid
  CROSS JOIN LATERAL (
    SELECT split_part(item, '=', 1) AS name, substr(item, strpos(item, '=') + 1) AS value
    FROM unnest(role.rolconfig) AS item
  ) AS setting
  JOIN pg_settings AS parameter ON parameter.name = setting.name
  WHERE membership.member = (SELECT oid FROM pg_roles WHERE rolname = current_user)
    AND (parameter.context = 'user'${canAskPrivileges ? ` OR has_parameter_privilege(parameter.name, 'SET')` : ''})`

/** @throws ConfigError for schemas, roles and functions of the configuration that requests cannot use, the errors of PostgreSQL and of introspect */
export async function loadDatabaseState(client: pg.ClientBase, config: Config): Promise<DatabaseState> {
  const warnings = await checkAgainstDatabase(client, config)
  const catalog = await introspect(client, { schemas: config.dbSchemas, roles: [] })
  const sessionDependent = await readSessionDependent(client, catalog)
  const cache = buildSchemaCache(catalog, {
    schemas: config.dbSchemas,
    extraSearchPath: config.dbExtraSearchPath,
    typesWithCode: await readTypesWithCode(client),
    sessionDependent,
  })
  const server = await client.query<{ version: string; roles: number }>(serverText)
  const { version = '', roles = 0 } = server.rows[0] ?? {}
  const privileged = await client.query<{ name: string }>(privilegedRolesText)
  const login = await client.query<{ name: string }>('SELECT session_user AS name')
  return {
    cache,
    roleSettings: await loadRoleSettings(client, config),
    privilegedRoles: privileged.rows.map(({ name }) => name),
    misdeclaredFunctions: sessionDependent.immutable.map(({ identity }) => identity),
    loginRole: login.rows[0]?.name ?? '',
    warnings,
    version,
    roleCount: roles,
  }
}

/** What roles have set that requests run as; nothing where db-config is off, as with PostgREST. */
export async function loadRoleSettings(
  client: pg.ClientBase,
  { dbConfig }: Pick<Config, 'dbConfig'>,
): Promise<ReadonlyMap<string, RoleSettings>> {
  if (!dbConfig) return new Map()
  const version = await client.query<{ number: number }>(`SELECT current_setting('server_version_num')::int AS number`)
  const settings = await client.query<{ role: string; name: string; value: string }>(
    roleSettingsText(hasFeature(version.rows[0]?.number ?? 0, 'parameterPrivileges')),
  )
  return roleSettingsOf(settings.rows)
}
