import { rename, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { UsageError } from '../errors.js'
import { uninterrupted } from './uninterrupted.js'

/**
 * Writes one file, whole or not at all.
 *
 * @throws UsageError when it cannot be written
 */
export function writeWhole(path: string, content: string): Promise<void> {
  const file = resolve(path)
  return uninterrupted(async () => {
    const temporary = `${file}.${process.pid}.tmp`
    try {
      await writeFile(temporary, content)
      await rename(temporary, file)
    } catch (error) {
      await rm(temporary, { force: true })
      throw new UsageError(`${file} cannot be written: ${(error as Error).message}. Nothing was changed.`, {
        cause: error,
      })
    }
  })
}
