import type { Config } from './config/config.js'
import { type ConfigSource, readConfig, reloadedConfig } from './config/read-config.js'
import { readDatabaseState, readRoleSettings } from './schema-cache/read-database.js'
import { type ServerState, serverStateOf } from './server-state.js'

export interface ReloadedState {
  readonly state: ServerState
  /** doubts about the configuration, for the log */
  readonly warnings: readonly string[]
}

/**
 * The state with the configuration read anew. The schema is read as well where the new configuration names other schemas,
 * so that the two always fit.
 * @throws ConfigError, ConnectionFailedError, and what PostgreSQL says
 */
export async function withConfigReread(source: ConfigSource, old: ServerState): Promise<ReloadedState> {
  const read = await readConfig(source)
  const config = reloadedConfig(old.config, read.config)
  const database = namesOtherSchemas(old.config, config)
    ? await readDatabaseState(config)
    : { ...old.database, ...(await readRoleSettings(config)) }
  return { state: serverStateOf(config, database), warnings: read.warnings }
}

/**
 * The state with the schema read anew.
 * @throws ConfigError for schemas that are not there, ConnectionFailedError, and what PostgreSQL says
 */
export async function withSchemaReread({ config }: ServerState): Promise<ServerState> {
  return serverStateOf(config, await readDatabaseState(config))
}

function namesOtherSchemas(before: Config, after: Config): boolean {
  return (['dbSchemas', 'dbExtraSearchPath'] as const).some((key) => before[key].join('\0') !== after[key].join('\0'))
}
