import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { EmbeddedPostgres } from '@rolecast/embedded'
import pg from 'pg'
import type { SqlConfig } from '../config/config.js'
import { withClient } from '../input/connect.js'
import type { Reading } from '../input/read-project.js'
import { sqlFilesOf } from '../input/sql-files.js'
import { startLoaded } from '../input/start-loaded.js'
import type { Progress } from '../progress.js'

/** A database that a development server works on. */
export interface DevDatabase extends AsyncDisposable {
  /** of a role that may read the catalogs */
  readonly uri: string
  /** of the role that the server connects as */
  readonly serverUri: string
  /** differs where the SQL files do, and null for a database that is not ours */
  readonly digest: string | null
}

/** A database that somebody else runs. */
export function runningDatabase(uri: string): DevDatabase {
  return { uri, serverUri: uri, digest: null, [Symbol.asyncDispose]: async () => {} }
}

/**
 * The project's SQL files in a new embedded PostgreSQL, which `asyncDispose` ends.
 *
 * @throws UsageError, SqlFileError, EmbeddedPostgresError
 */
export async function loadedDatabase(
  { loaded, base }: Reading,
  database: SqlConfig,
  progress: Progress,
): Promise<DevDatabase> {
  const digest = await digestOf(database, base) // before they are loaded: a change meanwhile is one more reload
  const postgres = await startLoaded({ database, platform: loaded.project?.platform, folder: base }, progress)
  const dispose = () => postgres.stop()
  try {
    const serverUri = await serverUriOf(postgres, loaded.config.authenticator ?? 'authenticator')
    return { uri: postgres.uri, serverUri, digest, [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await dispose()
    throw error
  }
}

/**
 * What the files are that a database is made of. Those beside them count too, since `\i` may take them in.
 *
 * @throws UsageError
 */
export async function digestOf({ sql, version }: SqlConfig, base: string): Promise<string> {
  const named = await sqlFilesOf(sql, base)
  const hash = createHash('sha256').update(JSON.stringify([version ?? null, named]))
  for (const folder of [...new Set(named.map(dirname))].sort()) {
    const beside = (await readdir(folder)).filter((name) => name.endsWith('.sql')).map((name) => join(folder, name))
    for (const file of beside.sort()) await add(hash, file)
  }
  for (const file of named.filter((name) => !name.endsWith('.sql'))) await add(hash, file)
  return hash.digest('hex')
}

/** A file that went away since it was listed is a change as well. */
async function add(hash: ReturnType<typeof createHash>, file: string): Promise<void> {
  const content = await readFile(file).catch(() => null)
  hash.update(`${JSON.stringify(file)} ${content?.length ?? 'gone'}\n`).update(content ?? '')
}

/** As in production where that role may log in, with a password that only we know; else as the superuser. */
async function serverUriOf(postgres: EmbeddedPostgres, authenticator: string): Promise<string> {
  return withClient(postgres.uri, async (client) => {
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1 AND rolcanlogin', [authenticator])
    if (rowCount === 0) return postgres.uri
    const password = randomBytes(18).toString('base64url')
    await client.query(`ALTER ROLE ${pg.escapeIdentifier(authenticator)} PASSWORD ${pg.escapeLiteral(password)}`)
    return postgres.uriOf({ user: authenticator, password })
  })
}
