import type { EmittedFile } from '@rolecast/templates'
import { UsageError } from '../errors.js'
import { withMark } from './mark.js'

/** What one target wants to write for a role: whatever a target of the project's own returned. */
export interface Emitted {
  readonly target: string
  readonly files: unknown
}

/** A file of the output, and the target that writes it. */
export interface TargetFile extends EmittedFile {
  readonly target: string
}

/**
 * The files of all targets for one role.
 *
 * @throws UsageError for what is no list of files, for a path that leaves the role's folder, and for two files in one place
 */
export function checkedFiles(emitted: readonly Emitted[], role: string): readonly TargetFile[] {
  const claim = places(role)
  return emitted.flatMap(({ target, files }) => {
    if (!Array.isArray(files)) throw refusal(target, role, 'must return a list of files, { path, content }')
    return files.map((file: unknown) => {
      const { path, content } = checkedFile(file, target, role)
      claim(path, target)
      return { target, path, content: withMark(path, content, role) }
    })
  })
}

function checkedFile(file: unknown, target: string, role: string): EmittedFile {
  const { path, content } = (file ?? {}) as Partial<Record<keyof EmittedFile, unknown>>
  if (typeof path !== 'string' || typeof content !== 'string') {
    throw refusal(target, role, 'returned something that is no file: { path, content } with two texts')
  }
  const problem = pathProblem(path)
  if (problem !== null) throw refusal(target, role, `wants to write ${JSON.stringify(path)}: ${problem}`)
  return { path, content }
}

/** Why a path is none inside of a role's folder, or null where it is one. */
function pathProblem(path: string): string | null {
  if (/^[\\/]|^[A-Za-z]:|\\/.test(path)) return "a path is relative to the role's folder, with / between its parts"
  const parts = path.split('/')
  if (parts.includes('..')) return "a path stays inside of the role's folder"
  if (parts.some((part) => part === '' || part === '.')) return 'each part of a path needs a name'
  return /[\p{Cc}<>:"|?*]/u.test(path) ? 'a path has no control characters and none of < > : " | ? *' : null
}

/** Remembers which target has which place, and refuses a second file there. */
function places(role: string): (path: string, target: string) => void {
  const files = new Map<string, string>()
  const folders = new Map<string, string>()
  return (path, target) => {
    // File systems that do not tell upper and lower case apart would write both files into one.
    const place = path.toLowerCase()
    const writer = files.get(place)
    if (writer !== undefined) {
      const who = writer === target ? `the target ${target} twice` : `the targets ${writer} and ${target}`
      throw new UsageError(`For the role ${role}, ${path} is written by ${who}. Nothing was written.`)
    }
    const user = folders.get(place)
    if (user !== undefined) throw twoKinds(role, path, target, user)
    for (let end = place.lastIndexOf('/'); end > 0; end = place.lastIndexOf('/', end - 1)) {
      const folder = place.slice(0, end)
      const holder = files.get(folder)
      if (holder !== undefined) throw twoKinds(role, folder, holder, target)
      folders.set(folder, target)
    }
    files.set(place, target)
  }
}

function twoKinds(role: string, path: string, fileOf: string, folderOf: string): UsageError {
  return new UsageError(
    `For the role ${role}, ${path} is a file of the target ${fileOf} and a folder of the target ${folderOf}. Nothing was written.`,
  )
}

function refusal(target: string, role: string, what: string): UsageError {
  return new UsageError(`For the role ${role}, the target ${target} ${what}. Nothing was written.`)
}
