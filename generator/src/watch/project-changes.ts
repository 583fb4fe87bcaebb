import { dirname } from 'node:path'
import { UsageError } from '../errors.js'
import { type ProjectOptions, type Reading, readProject } from '../input/read-project.js'
import { sqlFilesOf } from '../input/sql-files.js'
import type { Progress } from '../progress.js'
import { databaseChanges } from './database-changes.js'
import { fileChanges } from './file-changes.js'

/**
 * Yields when it watches, then whenever a project's database, or its SQL files and configuration, have changed.
 *
 * @throws UsageError for a stored catalog
 */
export async function projectChanges(
  { database, base, loaded }: Reading,
  options: ProjectOptions,
  progress: Progress,
  signal: AbortSignal,
): Promise<AsyncIterable<void>> {
  if ('catalog' in database) throw new UsageError('A stored catalog does not change: there is nothing to watch.')
  if ('uri' in database) return databaseChanges(database.uri, progress, signal)
  let known = [loaded.file, ...(await sqlFilesOf(database.sql, base))]
  const folders = async () => {
    // While the project cannot be read, what it was is watched: the mistake is in there.
    const now = await readProject(options).catch(() => undefined)
    if (now !== undefined && 'sql' in now.database) {
      const files = await sqlFilesOf(now.database.sql, now.base).catch(() => undefined)
      known = [now.loaded.file, ...(files ?? known)]
    }
    return [...new Set(known.map(dirname))]
  }
  return fileChanges(folders, signal)
}
