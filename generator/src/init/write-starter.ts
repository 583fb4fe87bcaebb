import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UsageError } from '../errors.js'
import type { StarterFile } from './starter.js'

/**
 * Writes the files of a starter, all of them or none. Files that are there stay, unless `force` says otherwise.
 *
 * @throws UsageError naming the files that are there already
 */
export async function writeStarter(folder: string, files: readonly StarterFile[], force: boolean): Promise<void> {
  const taken: string[] = []
  for (const { path } of files) {
    if ((await stat(join(folder, path)).catch(() => null)) !== null) taken.push(path)
  }
  if (taken.length > 0 && !force) {
    throw new UsageError(`There already: ${taken.join(', ')}. Nothing was written; --force writes over them.`)
  }
  const staged = files.map(({ path, content }) => {
    const final = join(folder, path)
    return { final, temporary: `${final}.${process.pid}.tmp`, content }
  })
  try {
    for (const { temporary, content } of staged) {
      await mkdir(dirname(temporary), { recursive: true })
      await writeFile(temporary, content, { flag: 'wx' })
    }
    for (const { temporary, final } of staged) await rename(temporary, final)
  } catch (error) {
    for (const { temporary } of staged) await rm(temporary, { force: true })
    throw new UsageError(`The project cannot be written: ${(error as Error).message}`, { cause: error })
  }
}
