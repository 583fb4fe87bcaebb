import { access, constants, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { glob, isDynamicPattern } from 'tinyglobby'
import { UsageError } from '../errors.js'
import { migrationFiles } from './migration-files.js'

/**
 * The SQL files that a configuration names, in the order in which they are run: as listed, and those of one pattern
 * (`migrations/*.sql`) by name, byte by byte, as a shell has them. A folder is one of migrations.
 *
 * @param folder that relative paths start from
 * @throws UsageError for a file that cannot be read, and for a pattern that no file fits
 */
export async function sqlFilesOf(named: readonly string[], folder: string): Promise<readonly string[]> {
  const files: string[] = []
  for (const name of named) {
    const path = resolve(folder, name)
    const there = await stat(path).catch(() => null)
    if (there?.isDirectory()) {
      const inside = await migrationFiles(path)
      if (inside.length === 0) throw new UsageError(`database.sql: there is no SQL file in the folder ${path}.`)
      files.push(...inside)
      continue
    }
    const isPattern = isDynamicPattern(name) && there === null
    const found = isPattern ? await glob(name, { cwd: folder, absolute: true, expandDirectories: false }) : [path]
    if (found.length === 0) throw new UsageError(`database.sql: no file fits ${name} in ${folder}.`)
    files.push(...found.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))))
  }
  for (const file of files) await mustBeReadable(file)
  return [...new Set(files)]
}

/** Before a PostgreSQL is started for it. */
async function mustBeReadable(file: string): Promise<void> {
  await access(file, constants.R_OK).catch((error: Error) => {
    throw new UsageError(`${file}: cannot be read: ${error.message}`, { cause: error })
  })
}
