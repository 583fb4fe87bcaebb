import { access, constants, readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Catalog, CatalogError, introspect, parseCatalog } from '@rolecast/catalog'
import { openDatabase } from '@rolecast/embedded'
import pg from 'pg'
import type { Config } from '../config/config.js'
import { UsageError } from '../errors.js'
import { count, type Progress } from '../progress.js'
import { withClient } from './connect.js'

/** Where a catalog comes from, and what of it is wanted. */
export interface CatalogSource {
  readonly database: Config['database']
  readonly schemas: readonly string[]
  readonly roles: readonly string[]
  readonly authenticator: string | undefined
  /** folder that relative paths of `database` start from */
  readonly folder: string
}

/**
 * Reads a catalog from a database, from SQL files loaded into an embedded PostgreSQL, or from a stored catalog.
 *
 * @throws CatalogError for a schema or role that does not exist
 * @throws UsageError for a URI or a file that cannot be read
 * @throws SqlFileError, UnreachableError
 */
export async function openCatalog(source: CatalogSource, progress: Progress): Promise<Catalog> {
  const { database, folder } = source
  if ('catalog' in database) return storedCatalog(resolve(folder, database.catalog))
  if ('sql' in database) {
    await mustBeReadable(database.sql.map((file) => resolve(folder, file)))
    progress.say(`loading ${count(database.sql.length, 'SQL file')} into an embedded PostgreSQL`)
  }
  await using opened = await openDatabase(
    'uri' in database
      ? database
      : {
          sql: database.sql.map((file) => resolve(folder, file)),
          ...(database.version && { version: database.version }),
        },
  )
  return await readCatalog(opened.uri, source)
}

/** Before a PostgreSQL is started for them. */
async function mustBeReadable(files: readonly string[]): Promise<void> {
  for (const file of files) {
    await access(file, constants.R_OK).catch((error: Error) => {
      throw new UsageError(`${file}: cannot be read: ${error.message}`, { cause: error })
    })
  }
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

async function readCatalog(uri: string, { schemas, roles, authenticator }: CatalogSource): Promise<Catalog> {
  const options = { schemas, roles, ...(authenticator !== undefined && { authenticator }) }
  return withClient(uri, (client) => whileOthersChangeIt(() => introspect(client, options)))
}

/**
 * Some of PostgreSQL's functions look at the newest state whatever the snapshot is, and fail for what somebody drops at
 * this moment. The next reading sees it gone.
 */
async function whileOthersChangeIt<T>(read: () => Promise<T>): Promise<T> {
  for (let left = 10; ; left--) {
    try {
      return await read()
    } catch (error) {
      const isGone = error instanceof pg.DatabaseError && /^(XX000|42P01|42704|42883|3F000)$/.test(error.code ?? '')
      if (!isGone || left === 0) throw error
    }
  }
}
