import pg from 'pg'
import type { Config } from './config/config.js'
import { ConnectionFailedError } from './execute/errors.js'
import { type DatabaseState, loadDatabaseState } from './schema-cache/load.js'

/** How connections are opened: an URI or a list of keywords, as libpq takes both. */
export function clientConfig({ dbUri }: Config, applicationName: string): pg.ClientConfig {
  return { connectionString: dbUri, application_name: applicationName, connectionTimeoutMillis: 10_000 }
}

/** Reads the database's state over a connection of its own. */
export async function readDatabaseState(config: Config): Promise<DatabaseState> {
  const client = new pg.Client(clientConfig(config, 'rolecast schema cache'))
  client.on('error', () => {}) // reported by what runs on it
  try {
    await client.connect()
  } catch (error) {
    throw new ConnectionFailedError(error)
  }
  try {
    return await loadDatabaseState(client, config)
  } finally {
    await client.end().catch(() => {})
  }
}
