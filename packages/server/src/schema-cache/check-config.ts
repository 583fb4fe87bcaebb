import type pg from 'pg'
import type { Config } from '../config/config.js'
import type { ObjectName } from '../config/object-name.js'
import { ConfigError } from '../errors/config-error.js'

type Named = Pick<Config, 'dbSchemas' | 'dbExtraSearchPath' | 'dbAnonRole' | 'dbPreRequest'>

/**
 * Whether the database has what the configuration names, and requests can use it. Otherwise every request would fail, or
 * nothing would be exposed without a word.
 * @returns what works for some requests only, for the log
 * @throws ConfigError naming the key, and PostgreSQL's errors
 */
export async function checkAgainstDatabase(client: pg.ClientBase, config: Named): Promise<string[]> {
  for (const key of ['dbSchemas', 'dbExtraSearchPath'] as const) await checkSchemas(client, key, config[key])
  if (config.dbAnonRole !== null) await checkAnonymousRole(client, config.dbAnonRole)
  return config.dbPreRequest === null ? [] : checkPreRequest(client, config.dbPreRequest, config)
}

const schemaKeys = { dbSchemas: 'db-schemas', dbExtraSearchPath: 'db-extra-search-path' } as const

async function checkSchemas(
  client: pg.ClientBase,
  key: keyof typeof schemaKeys,
  names: readonly string[],
): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT name FROM unnest($1::text[]) AS name WHERE NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = name)',
    [names],
  )
  const [missing] = rows
  if (missing !== undefined) throw new ConfigError(`${schemaKeys[key]}: the schema "${missing.name}" does not exist.`)
}

async function checkAnonymousRole(client: pg.ClientBase, name: string): Promise<void> {
  const { rows } = await client.query<{ login: string; settable: boolean }>(
    `SELECT session_user AS login,
            CASE WHEN current_setting('server_version_num')::int >= 160000
                 THEN pg_catalog.pg_has_role(session_user, oid, 'SET')
                 ELSE pg_catalog.pg_has_role(session_user, oid, 'MEMBER') END AS settable
     FROM pg_catalog.pg_roles WHERE rolname = $1`,
    [name],
  )
  const [role] = rows
  if (role === undefined) throw new ConfigError(`db-anon-role: the role "${name}" does not exist.`)
  if (role.login === name) {
    throw new ConfigError(
      `db-anon-role: "${name}" is the role that the server connects as, and requests never run as that. Name a role of its own.`,
    )
  }
  if (role.settable) return
  throw new ConfigError(
    `db-anon-role: the role "${role.login}", as which the server connects, may not become "${name}". GRANT "${name}" TO "${role.login}" allows it.`,
  )
}

interface Candidate {
  readonly kind: string
  readonly takesNothing: boolean
  /** whether any role of requests can call it, and whether the anonymous one can */
  readonly usable: boolean
  readonly anonymous: boolean
}

const candidatesText = `
  SELECT routine.prokind AS kind, routine.pronargs = routine.pronargdefaults AS "takesNothing",
         count(role.oid) > 0 AS usable, coalesce(bool_or(role.rolname = $3), false) AS anonymous
  FROM pg_catalog.pg_proc AS routine
  JOIN pg_catalog.pg_namespace AS namespace ON namespace.oid = routine.pronamespace
  LEFT JOIN pg_catalog.pg_roles AS role
    ON role.rolname <> session_user
    AND pg_catalog.pg_has_role(session_user, role.oid, 'MEMBER')
    AND pg_catalog.has_schema_privilege(role.oid, namespace.oid, 'USAGE')
    AND pg_catalog.has_function_privilege(role.oid, routine.oid, 'EXECUTE')
  WHERE routine.proname = $1 AND namespace.nspname = ANY ($2)
  GROUP BY routine.oid, routine.prokind, routine.pronargs, routine.pronargdefaults`

async function checkPreRequest(client: pg.ClientBase, { schema, name }: ObjectName, config: Named): Promise<string[]> {
  const { dbSchemas, dbExtraSearchPath, dbAnonRole } = config
  const schemas = schema === null ? [...dbSchemas, ...dbExtraSearchPath, 'pg_catalog'] : [schema]
  const { rows } = await client.query<Candidate>(candidatesText, [name, schemas, dbAnonRole])
  const written = schema === null ? name : `${schema}.${name}`
  if (rows.length === 0) throw new ConfigError(`db-pre-request: the function ${written} does not exist.`)
  const callable = rows.filter(({ kind, takesNothing }) => kind === 'f' && takesNothing)
  if (callable.length === 0) {
    throw new ConfigError(`db-pre-request: ${written} is not a function that can be called without arguments.`)
  }
  const needs = 'It takes USAGE on the schema and EXECUTE on the function.'
  if (!callable.some(({ usable }) => usable)) {
    throw new ConfigError(`db-pre-request: no role of requests may call ${written}. ${needs}`)
  }
  if (dbAnonRole === null || callable.some(({ anonymous }) => anonymous)) return []
  return [`db-pre-request: the role "${dbAnonRole}" of db-anon-role may not call ${written}. ${needs}`]
}
