import { stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Catalog, UnknownNameError } from '@rolecast/catalog'
import type { Config } from '../config/config.js'
import { UsageError } from '../errors.js'
import { silent } from '../progress.js'
import { type CatalogSource, openCatalog } from './open-catalog.js'
import { startLoaded } from './start-loaded.js'

/** A catalog, and the database that it was read from while this is open. */
export interface OpenSide extends AsyncDisposable {
  readonly catalog: Catalog
  /** null for a stored catalog */
  readonly uri: string | null
}

/** Opens what a catalog comes from and keeps it open: SQL files are loaded into a PostgreSQL that runs until then. */
export async function openSide(source: CatalogSource): Promise<OpenSide> {
  const { database, platform, folder } = source
  if (!('sql' in database)) {
    const catalog = await whatIsThere(source)
    return { catalog, uri: 'uri' in database ? database.uri : null, [Symbol.asyncDispose]: async () => {} }
  }
  const opened = await startLoaded({ database, platform, folder }, silent)
  try {
    const catalog = await whatIsThere({ ...source, database: { uri: opened.uri } })
    return { catalog, uri: opened.uri, [Symbol.asyncDispose]: () => opened.stop() }
  } catch (error) {
    await opened.stop()
    throw error
  }
}

/** The catalog, without those of the schemas and roles that it does not have: they came or went. One schema must be there. */
async function whatIsThere(source: CatalogSource): Promise<Catalog> {
  try {
    return await openCatalog(source, silent)
  } catch (error) {
    if (!(error instanceof UnknownNameError)) throw error
    const without = (names: readonly string[]) => names.filter((name) => name !== error.missing)
    if (error.kind === 'schema' && source.schemas.length > 1) {
      return whatIsThere({ ...source, schemas: without(source.schemas) })
    }
    if (error.kind === 'role' && source.roles?.includes(error.missing)) {
      return whatIsThere({ ...source, roles: without(source.roles) })
    }
    throw error
  }
}

/**
 * What a word of the command line means: a connection URI, a folder of migrations, an SQL file, or a stored catalog.
 *
 * @throws UsageError where there is no such file
 */
export async function databaseNamed(text: string, cwd: string): Promise<Config['database']> {
  if (/^postgres(ql)?:\/\//.test(text)) return { uri: text }
  const path = resolve(cwd, text)
  const found = await stat(path).catch((error: Error) => {
    throw new UsageError(`${path} cannot be read: ${error.message}. Give a URI, a folder, an SQL file or a catalog.`)
  })
  if (found.isDirectory()) return { sql: [`${path.replace(/[\\()[\]{}!*?+@|]/g, '\\$&')}/**/*.sql`] }
  return path.endsWith('.sql') ? { sql: [path] } : { catalog: path }
}
