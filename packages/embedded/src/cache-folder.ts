import { lstat, mkdir } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { EmbeddedPostgresError } from './errors.js'

/**
 * A folder for files that can be made again: owned by this user, readable by all, and not one that the system tidies
 * up by itself if that can be had.
 *
 * @throws EmbeddedPostgresError when no such folder can be made
 */
export async function cacheFolder(): Promise<string> {
  const uid = process.getuid?.() ?? 0
  const home = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache')
  // Root's home is closed to the user that PostgreSQL runs as.
  const candidates = [
    uid === 0 ? '/var/cache/rolecast' : join(home, 'rolecast'),
    join(tmpdir(), `rolecast-cache-${uid}`),
  ]
  const problems: string[] = []
  for (const folder of candidates) {
    const problem = await unusable(folder, uid)
    if (problem === undefined) return folder
    problems.push(`${folder}: ${problem}`)
  }
  throw new EmbeddedPostgresError(`There is no folder to keep PostgreSQL's files in.\n${problems.join('\n')}`)
}

async function unusable(folder: string, uid: number): Promise<string | undefined> {
  try {
    await mkdir(folder, { mode: 0o755, recursive: true })
  } catch (error) {
    return (error as Error).message
  }
  const status = await lstat(folder)
  // In a shared folder somebody else could have put programs of their own here.
  const own = status.isDirectory() && status.uid === uid && (status.mode & 0o022) === 0
  return own ? undefined : 'it is not a folder that only this user can write to'
}
