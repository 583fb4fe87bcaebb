import { relative } from 'node:path'
import { type EmbeddedPostgres, type Platform, startPostgres } from '@rolecast/embedded'
import type { SqlConfig } from '../config/config.js'
import { count, type Progress } from '../progress.js'
import { sqlFilesOf } from './sql-files.js'

export interface Loaded {
  readonly database: SqlConfig
  /** what is there before the files */
  readonly platform: Platform | undefined
  /** folder that relative paths start from */
  readonly folder: string
}

/**
 * Starts an embedded PostgreSQL with SQL files loaded into it, and says what of them is not there as they say.
 *
 * @throws UsageError, SqlFileError, EmbeddedPostgresError
 */
export async function startLoaded(
  { database, platform, folder }: Loaded,
  progress: Progress,
): Promise<EmbeddedPostgres> {
  const sql = await sqlFilesOf(database.sql, folder)
  const onto =
    platform === undefined ? 'an embedded PostgreSQL' : `an embedded PostgreSQL with what ${platform.name} has`
  progress.say(`loading ${count(sql.length, 'SQL file')} into ${onto}`)
  const { version } = database
  const started = await startPostgres({ sql, platform, ...(version !== undefined && { version }) })
  const { stubs, leftOut } = started.report
  for (const name of stubs)
    progress.say(`the extension ${name} is a stub here: types and signatures, nothing that works`)
  const [first] = leftOut
  if (first !== undefined) {
    const place = `${relative(folder, first.file)}:${first.line}: ${first.reason}`
    progress.say(`${count(leftOut.length, 'index', 'indexes')} of stubs left out, such as ${place}`)
  }
  return started
}
