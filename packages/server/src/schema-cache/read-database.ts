import type { Config } from '../config/config.js'
import { withClient } from '../postgres/connect.js'
import { checkAgainstDatabase } from './check-config.js'
import { type DatabaseState, loadDatabaseState, loadRoleSettings } from './load.js'
import type { RoleSettings } from './role-settings.js'

/** Reads the database's state over a connection of its own. */
export function readDatabaseState(config: Config): Promise<DatabaseState> {
  return withClient(config, 'rolecast schema cache', (client) => loadDatabaseState(client, config))
}

/**
 * Reads what roles have set, which is part of the configuration as well.
 * @throws ConfigError for schemas, roles and functions of the configuration that requests cannot use
 */
export function readRoleSettings(config: Config): Promise<ReadonlyMap<string, RoleSettings>> {
  return withClient(config, 'rolecast configuration', async (client) => {
    await checkAgainstDatabase(client, config)
    return loadRoleSettings(client)
  })
}
