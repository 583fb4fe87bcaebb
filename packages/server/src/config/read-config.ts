import { withClient } from '../postgres/connect.js'
import type { Config } from './config.js'
import type { LoadedConfig } from './config-sources.js'
import { readDatabaseSettings } from './database-settings.js'
import { keyNames, keys } from './keys.js'
import { loadConfig } from './load-config.js'

/** Where the configuration comes from, each time it is read. */
export interface ConfigSource {
  readonly file: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly overrides: Partial<Config>
}

/**
 * Reads file, environment and, unless db-config says no, the database.
 *
 * @throws ConfigError
 * @throws ConnectionFailedError
 */
export async function readConfig(source: ConfigSource): Promise<LoadedConfig> {
  const loaded = loadConfig(source)
  if (!loaded.config.dbConfig) return loaded
  const database = await withClient(loaded.config, 'rolecast configuration', (client) =>
    readDatabaseSettings(client, loaded.config.dbPreConfig),
  )
  return loadConfig({ ...source, database })
}

/** What was read anew, but with the old value wherever a restart would be needed. */
export function reloadedConfig(old: Config, read: Config): Config {
  const kept = keyNames.filter((name) => !keys[name].reloadable)
  return { ...read, ...Object.fromEntries(kept.map((name) => [name, old[name]])) }
}
