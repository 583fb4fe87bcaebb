import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import { UsageError } from '../errors.js'

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

/** What generated files say of themselves near their beginning, so that nothing else is ever overwritten or removed. */
const mark = /rolecast/i
const markWithin = 400

/**
 * Compares files with what is on disk; reads only.
 *
 * @param folder the output folder
 * @param owned folders, relative to `folder`, that hold generated files only: what is left over there is to be removed
 * @throws UsageError when a file is in the way that rolecast did not write
 */
export async function compareFiles(
  folder: string,
  files: readonly OutputFile[],
  owned: readonly string[],
): Promise<Changes> {
  const added: string[] = []
  const changed: string[] = []
  let unchanged = 0
  for (const { path, content } of files) {
    const existing = await readIfThere(join(folder, path))
    if (existing === undefined) added.push(path)
    else if (existing === content) unchanged++
    else if (isGenerated(existing)) changed.push(path)
    else
      throw new UsageError(
        `${join(folder, path)} was not written by rolecast. Move it away, or choose another output folder.`,
      )
  }
  const wanted = new Set(files.map(({ path }) => path))
  const removed: string[] = []
  for (const path of await listFiles(folder, owned)) {
    if (wanted.has(path)) continue
    if (isGenerated((await readIfThere(join(folder, path))) ?? '')) removed.push(path)
  }
  return { added, changed, removed, unchanged }
}

/**
 * Writes what differs, all or nothing as far as a file system allows: everything is written beside its place first,
 * and only when all of that worked are the files renamed. Unchanged files are not touched.
 *
 * @throws UsageError when the folder cannot be written to; nothing has changed then
 */
export async function writeFiles(folder: string, files: readonly OutputFile[], changes: Changes): Promise<void> {
  const touched = new Set([...changes.added, ...changes.changed])
  const staged: { temporary: string; final: string }[] = []
  try {
    for (const { path, content } of files) {
      if (!touched.has(path)) continue
      const final = join(folder, path)
      const temporary = `${final}.${process.pid}.tmp`
      await mkdir(dirname(final), { recursive: true })
      staged.push({ temporary, final })
      await writeFile(temporary, content)
    }
  } catch (error) {
    await Promise.all(staged.map(({ temporary }) => rm(temporary, { force: true })))
    const { message } = error as NodeJS.ErrnoException
    throw new UsageError(`The output folder ${folder} cannot be written to: ${message}. Nothing was changed.`, {
      cause: error,
    })
  }
  for (const { temporary, final } of staged) await rename(temporary, final)
  for (const path of changes.removed) await rm(join(folder, path))
}

const isGenerated = (content: string): boolean => mark.test(content.slice(0, markWithin))

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
