import { openKeys } from './authenticate/key-source/open-keys.js'
import type { KeySetObserver } from './authenticate/key-source/remote-key-set.js'
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
 * @throws ConfigError, ConnectionFailedError, KeySetError, and what PostgreSQL says
 */
export async function withConfigReread(
  source: ConfigSource,
  old: ServerState,
  observer: KeySetObserver,
): Promise<ReloadedState> {
  const read = await readConfig(source)
  const config = reloadedConfig(old.config, read.config)
  const database = namesOtherSchemas(old.config, config)
    ? await readDatabaseState(config)
    : { ...old.database, ...(await readRoleSettings(config)) }
  const keys = await openKeys(config, observer, old.keys)
  try {
    return { state: serverStateOf(config, database, keys), warnings: read.warnings }
  } catch (error) {
    if (keys !== old.keys) keys.close()
    throw error
  }
}

/**
 * The state with the schema read anew.
 * @throws ConfigError for schemas that are not there, ConnectionFailedError, and what PostgreSQL says
 */
export async function withSchemaReread({ config, keys }: ServerState): Promise<ServerState> {
  return serverStateOf(config, await readDatabaseState(config), keys)
}

function namesOtherSchemas(before: Config, after: Config): boolean {
  return (['dbSchemas', 'dbExtraSearchPath'] as const).some((key) => before[key].join('\0') !== after[key].join('\0'))
}
