import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Catalog, CatalogError, introspect, parseCatalog } from '@rolecast/catalog'
import type { Platform } from '@rolecast/embedded'
import type { Config } from '../config/config.js'
import type { LoadedConfig } from '../config/load-config.js'
import { UsageError } from '../errors.js'
import type { Progress } from '../progress.js'
import { withClient } from './connect.js'
import { startLoaded } from './start-loaded.js'

/** Where a catalog comes from, and what of it is wanted. */
export interface CatalogSource {
  readonly database: Config['database']
  /** what is there before SQL files are loaded */
  readonly platform?: Platform | undefined
  readonly schemas: readonly string[]
  /** the roles to ask PostgreSQL about; undefined: all that the authenticator can become, but superusers */
  readonly roles: readonly string[] | undefined
  readonly authenticator: string | undefined
  /** also what only an audit needs */
  readonly security?: boolean
  /** folder that relative paths of `database` start from */
  readonly folder: string
  /** the project's configuration, where it was read */
  readonly configuration?: Pick<LoadedConfig, 'config' | 'file'>
}

/**
 * Reads a catalog from a database, from SQL files loaded into an embedded PostgreSQL, or from a stored catalog.
 *
 * @throws CatalogError for a schema or role that does not exist
 * @throws UsageError for a URI or a file that cannot be read
 * @throws SqlFileError, UnreachableError
 */
export async function openCatalog(source: CatalogSource, progress: Progress): Promise<Catalog> {
  const { database, platform, folder } = source
  if ('catalog' in database) return storedCatalog(resolve(folder, database.catalog))
  if ('uri' in database) return readCatalog(database.uri, source)
  await using opened = await startLoaded({ database, platform, folder }, progress)
  return await readCatalog(opened.uri, source)
}

async function storedCatalog(file: string): Promise<Catalog> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw new UsageError(`The catalog ${file} cannot be read: ${(error as Error).message}`, { cause: error })
  }
  try {
    return parseCatalog(text)
  } catch (error) {
    if (error instanceof CatalogError) throw new UsageError(`${file}: ${error.message}`, { cause: error })
    throw error
  }
}

async function readCatalog(uri: string, source: CatalogSource): Promise<Catalog> {
  const { schemas, roles, authenticator, security = false } = source
  const options = { schemas, security, ...(roles && { roles }), ...(authenticator !== undefined && { authenticator }) }
  return withClient(uri, (client) => introspect(client, options))
}
