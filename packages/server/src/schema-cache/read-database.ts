import type { Config } from '../config/config.js'
import { withClient } from '../postgres/connect.js'
import { checkAgainstDatabase } from './check-config.js'
import { type DatabaseState, loadDatabaseState, loadRoleSettings } from './load.js'

/** Reads the database's state over a connection of its own. */
export function readDatabaseState(config: Config): Promise<DatabaseState> {
  return withClient(config, 'rolecast schema cache', (client) => loadDatabaseState(client, config))
}

/**
 * Reads what belongs to the configuration more than to the schema: what roles have set.
 * @throws ConfigError for schemas, roles and functions of the configuration that requests cannot use
 */
export function readRoleSettings(config: Config): Promise<Pick<DatabaseState, 'roleSettings' | 'warnings'>> {
  return withClient(config, 'rolecast configuration', async (client) => {
    const warnings = await checkAgainstDatabase(client, config)
    return { warnings, roleSettings: await loadRoleSettings(client, config) }
  })
}
