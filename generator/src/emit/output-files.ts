import { constants } from 'node:fs'
import { access, mkdir, readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { UsageError } from '../errors.js'
import { isGenerated, isOfRole } from './mark.js'
import { uninterrupted } from './uninterrupted.js'

/** A file to write: its path is relative to the output folder, with `/` between its parts. */
export interface OutputFile {
  readonly path: string
  readonly content: string
}

/** What writing would change. Paths are relative to the output folder. */
export interface Changes {
  readonly added: readonly string[]
  readonly changed: readonly string[]
  /** written by an earlier run, and no longer wanted */
  readonly removed: readonly string[]
  readonly unchanged: number
}

/**
 * Compares files with what is on disk; reads only. What rolecast wrote into the folders of these files, and into those
 * of roles that have none any more, is left over where it is not among the files.
 *
 * @param folder the output folder
 * @throws UsageError when a file is in the way that rolecast did not write
 */
export async function compareFiles(folder: string, files: readonly OutputFile[]): Promise<Changes> {
  const added: string[] = []
  const changed: string[] = []
  let unchanged = 0
  for (const { path, content } of files) {
    const existing = await readIfThere(join(folder, path))
    if (existing === undefined) added.push(path)
    else if (existing === content || existing.replaceAll('\r\n', '\n') === content) unchanged++
    else if (isGenerated(existing)) changed.push(path)
    else
      throw new UsageError(
        `${join(folder, path)} was not written by rolecast. Move it away, or choose another output folder.`,
      )
  }
  const wanted = new Set(files.map(({ path }) => path))
  const removed: string[] = []
  const current = new Set(files.map(({ path }) => path.slice(0, path.indexOf('/'))))
  for (const path of await listFiles(folder, [...current, ...(await formerFolders(folder, current))])) {
    if (wanted.has(path) || isBeingWritten(path)) continue
    if (isGenerated((await readIfThere(join(folder, path))) ?? '')) removed.push(path)
  }
  return { added, changed, removed, unchanged }
}

/**
 * Writes what differs, all or nothing as far as a file system allows: everything is written beside its place first,
 * and only when all of that worked are the files renamed. Unchanged files are not touched. Signals wait for the end.
 *
 * @throws UsageError when the folder cannot be written to
 */
export function writeFiles(folder: string, files: readonly OutputFile[], changes: Changes): Promise<void> {
  return uninterrupted(async () => {
    const staged = await stageFiles(folder, files, changes)
    try {
      for (const { temporary, final } of staged) await rename(temporary, final)
      for (const path of changes.removed) {
        await rm(join(folder, path), { force: true })
        await removeEmptyFolders(folder, dirname(path))
      }
    } catch (error) {
      await Promise.all(staged.map(({ temporary }) => rm(temporary, { force: true })))
      throw notWritable(folder, error, 'Some of its files may be new already: run it again.')
    }
  })
}

interface StagedFile {
  readonly temporary: string
  readonly final: string
}

async function stageFiles(folder: string, files: readonly OutputFile[], changes: Changes): Promise<StagedFile[]> {
  const touched = new Set([...changes.added, ...changes.changed])
  const staged: StagedFile[] = []
  const made: string[] = []
  try {
    for (const { path, content } of files) {
      if (!touched.has(path)) continue
      const final = join(folder, path)
      const temporary = `${final}.${process.pid}.tmp`
      made.unshift(...(await makeFolder(dirname(final))))
      staged.push({ temporary, final })
      await writeFile(temporary, content)
    }
    for (const path of changes.removed) await access(dirname(join(folder, path)), constants.W_OK)
    return staged
  } catch (error) {
    await Promise.all(staged.map(({ temporary }) => rm(temporary, { force: true })))
    for (const path of made) await rmdir(path).catch(() => {})
    throw notWritable(folder, error, 'Nothing was changed.')
  }
}

/** Returns the folders that were not there before, the innermost first. */
async function makeFolder(path: string): Promise<string[]> {
  const first = await mkdir(path, { recursive: true })
  const made: string[] = []
  if (first === undefined) return made
  for (let inner = path; inner.length >= first.length; inner = dirname(inner)) made.push(inner)
  return made
}

function notWritable(folder: string, cause: unknown, state: string): UsageError {
  const { message } = cause as NodeJS.ErrnoException
  return new UsageError(`The output folder ${folder} cannot be written to: ${message}. ${state}`, { cause })
}

/** Another run writes it at this moment. */
function isBeingWritten(path: string): boolean {
  const [, pid] = /\.(\d+)\.tmp$/.exec(path) ?? []
  if (pid === undefined) return false
  try {
    return process.kill(Number(pid), 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Up to, and not including, the output folder itself. */
async function removeEmptyFolders(folder: string, path: string): Promise<void> {
  for (let inner = path; inner !== '.'; inner = dirname(inner)) {
    try {
      await rmdir(join(folder, inner))
    } catch {
      return // not empty
    }
  }
}

/** Folders that hold the files of a role which is not among the current ones. */
async function formerFolders(folder: string, current: ReadonlySet<string>): Promise<string[]> {
  const found: string[] = []
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    if (!entry.isDirectory() || current.has(entry.name)) continue
    const inside = await readdir(join(folder, entry.name), { withFileTypes: true })
    const files = inside.filter((file) => file.isFile()).map(({ name }) => join(folder, entry.name, name))
    const texts = await Promise.all(files.map((file) => readIfThere(file)))
    if (texts.some((text) => text !== undefined && isOfRole(text))) found.push(entry.name)
  }
  return found
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new UsageError(`The output ${file} cannot be used: ${message}`, { cause: error })
  }
}

async function listFiles(folder: string, owned: readonly string[]): Promise<string[]> {
  const found: string[] = []
  for (const name of owned) {
    const inside = join(folder, name)
    const entries = await readdir(inside, { recursive: true, withFileTypes: true }).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return []
        throw new UsageError(`The output folder ${inside} cannot be used: ${error.message}`, { cause: error })
      },
    )
    for (const entry of entries) {
      const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/')
      if (entry.isFile() && !path.includes('node_modules/')) found.push(path)
    }
  }
  return found.sort()
}
