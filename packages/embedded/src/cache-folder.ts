import { lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { EmbeddedPostgresError } from './errors.js'

/**
 * A folder for files that can be made again: owned by this user, readable by all, and not one that the system tidies
 * up by itself if that can be had.
 *
 * @throws EmbeddedPostgresError when no such folder can be made
 */
export async function cacheFolder(): Promise<string> {
  const uid = process.getuid?.() ?? 0
  const { XDG_CACHE_HOME: given = '' } = process.env
  const home = isAbsolute(given) ? given : join(homedir(), '.cache')
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

const anHour = 3_600_000

/**
 * A new folder in the cache, to be renamed when it is complete. Folders that were given up, since a run was ended
 * meanwhile, are removed.
 */
export async function stagingFolder(cache: string, name: string): Promise<string> {
  for (const entry of await readdir(cache)) {
    const path = join(cache, entry)
    const status = entry.startsWith('.') ? await lstat(path).catch(() => undefined) : undefined
    if (status !== undefined && Date.now() - status.mtimeMs > anHour) await rm(path, { recursive: true, force: true })
  }
  return mkdtemp(join(cache, `.${name}-`))
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
