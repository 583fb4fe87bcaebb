import { randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { printable } from '@rolecast/audit/printable'
import { uninterrupted } from '../emit/uninterrupted.js'
import { UsageError } from '../errors.js'
import { parseKeyFile, printKeyFile } from './key-file.js'
import { type KeySet, verifyingSet } from './key-set.js'

/** Private halves and states. */
const KEYS = 'keys.json'
/** What servers read: `jwt-secret = "@DIR/verify.json"`. */
const VERIFY = 'verify.json'
const LOCK = 'keys.lock'

/** The file for `jwt-secret`. */
export function verifyFileOf(folder: string): string {
  return join(folder, VERIFY)
}

/**
 * Makes a folder with its first keys.
 * @throws UsageError for a folder that holds something already, or cannot be made
 */
export async function createKeyFolder(folder: string, set: KeySet): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const entries = await readdir(folder)
    if (entries.includes(KEYS)) {
      throw new UsageError(`${shown(folder)} has keys already. \`rolecast keys add\` makes another one in it.`)
    }
    if (entries.length > 0) throw new UsageError(`${shown(folder)} is not empty. Choose a folder for the keys alone.`)
    const handle = await open(folder, constants.O_RDONLY)
    await handle.chmod(0o700).finally(() => handle.close()) // it may have been there, and open to others
    await locked(folder, () => writeSet(folder, set))
  } catch (error) {
    throw notUsable(folder, error)
  }
}

/** @throws UsageError for a folder without keys, or whose private file others can read */
export async function readKeyFolder(folder: string): Promise<KeySet> {
  const file = join(folder, KEYS)
  let content: string
  try {
    const { mode } = await stat(file)
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw new UsageError(`${shown(file)} can be read by others. Take that away first: chmod 600.`)
    }
    content = await readFile(file, 'utf8')
  } catch (error) {
    throw notUsable(folder, error)
  }
  const set = parseKeyFile(content)
  if (set === null) throw new UsageError(`${shown(file)} is not a file that \`rolecast keys\` wrote, or it is damaged.`)
  return set
}

/**
 * Changes a folder. One change at a time; each file is replaced as a whole.
 * @param change gives the new set, and what the caller wants to know of it
 */
export async function changeKeyFolder<T extends { readonly set: KeySet }>(
  folder: string,
  change: (set: KeySet) => T,
): Promise<T> {
  await readKeyFolder(folder) // a folder that is none gets no lock
  return locked(folder, async () => {
    const changed = change(await readKeyFolder(folder))
    await writeSet(folder, changed.set)
    return changed
  }).catch((error: unknown) => {
    throw notUsable(folder, error)
  })
}

/** The state first: should the second write fail, the same command again makes it good. */
async function writeSet(folder: string, set: KeySet): Promise<void> {
  await replace(join(folder, KEYS), printKeyFile(set))
  await replace(join(folder, VERIFY), `${JSON.stringify(verifyingSet(set), null, 2)}\n`)
}

/** Readers see the old file or the new one. It is on the disk before it takes the old one's place. */
async function replace(file: string, content: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

function locked<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, LOCK)
  return uninterrupted(async () => {
    const handle = await open(lock, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
      throw new UsageError(
        `Another command is changing ${shown(folder)}. If none is, one was cut off: remove ${shown(lock)}.`,
      )
    })
    try {
      return await work()
    } finally {
      await handle.close()
      await rm(lock, { force: true })
    }
  })
}

function notUsable(folder: string, error: unknown): Error {
  if (error instanceof UsageError) return error
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOENT') {
    return new UsageError(
      `${shown(folder)} holds no keys. \`rolecast keys generate --out ${shown(folder)}\` makes one.`,
    )
  }
  if (code === undefined) return error as Error
  return new UsageError(`The key folder ${shown(folder)} cannot be used (${code}).`, { cause: error })
}

function shown(path: string): string {
  return printable(path)
}
