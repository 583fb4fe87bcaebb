import { mkdir, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UsageError } from '../errors.js'
import { isGenerated } from './mark.js'
import { writeWhole } from './write-file.js'

/**
 * Writes a file of rolecast's own, whole or not at all.
 *
 * @throws UsageError where a file is there that rolecast did not write, or it cannot be written
 */
export async function writeOwnFile(path: string, content: string): Promise<void> {
  const existing = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw new UsageError(`${path} cannot be read: ${error.message}`, { cause: error })
  })
  if (existing !== null && !isGenerated(existing)) {
    throw new UsageError(
      `${path} was not written by rolecast, or its first line was changed. Move it away, or choose another file.`,
    )
  }
  await mkdir(dirname(path), { recursive: true }).catch((error: Error) => {
    throw new UsageError(`${path} cannot be written: ${error.message}`, { cause: error })
  })
  await writeWhole(path, content)
}
