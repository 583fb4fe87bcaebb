import type { Config } from './config/config.js'
import { dumpSchemaCache } from './schema-cache/dump.js'
import { readDatabaseState } from './schema-cache/read-database.js'

/**
 * What a server with this configuration would know of the database's schema, as JSON.
 * @throws ConfigError for schemas, roles and functions that requests cannot use
 * @throws ConnectionFailedError, and what PostgreSQL says
 */
export async function readSchemaDump(config: Config): Promise<string> {
  const { cache } = await readDatabaseState(config)
  return dumpSchemaCache(cache, config.dbSchemas)
}
