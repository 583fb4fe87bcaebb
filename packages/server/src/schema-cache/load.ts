import { introspect } from '@rolecast/catalog'
import type pg from 'pg'
import type { Config } from '../config/config.js'
import { type RoleSettings, roleSettingsOf } from '../execute/role-settings.js'
import { buildSchemaCache } from './build-schema-cache.js'
import type { SchemaCache } from './schema-cache.js'

/** What is read from the database before requests can be answered. */
export interface DatabaseState {
  readonly cache: SchemaCache
  readonly roleSettings: ReadonlyMap<string, RoleSettings>
  /** roles that the login role may become and that no row security holds: superusers and those with BYPASSRLS */
  readonly privilegedRoles: readonly string[]
}

const privilegedRolesText = `
  SELECT rolname AS name
  FROM pg_catalog.pg_roles
  WHERE (rolsuper OR rolbypassrls) AND rolname <> current_user AND pg_catalog.pg_has_role(oid, 'MEMBER')
  ORDER BY rolname`

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

/** @throws the errors of PostgreSQL and of introspect */
export async function loadDatabaseState(client: pg.ClientBase, config: Config): Promise<DatabaseState> {
  const catalog = await introspect(client, { schemas: config.dbSchemas, roles: [] })
  const settings = await client.query<{ role: string; name: string; value: string }>(
    roleSettingsText(catalog.serverVersion >= 150000),
  )
  const cache = buildSchemaCache(catalog, {
    schemas: config.dbSchemas,
    extraSearchPath: config.dbExtraSearchPath,
  })
  const privileged = await client.query<{ name: string }>(privilegedRolesText)
  return {
    cache,
    roleSettings: roleSettingsOf(settings.rows),
    privilegedRoles: privileged.rows.map(({ name }) => name),
  }
}
