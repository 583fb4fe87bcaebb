import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { UsageCell } from '@rolecast/audit'
import { UsageError } from '../errors.js'

/** Whether a role may have what its apps do not use. */
export type IsAllowed = (role: string, cell: UsageCell) => boolean

/**
 * Reads lines such as `app_user update(note, ship_to) on api.orders`, in which `*` stands for any characters of a name.
 *
 * @param from what is named in errors, with the number of a line
 * @throws UsageError
 */
export function allowList(lines: readonly string[], from: string): IsAllowed {
  const entries = lines.flatMap((line, index) => {
    const text = line.replace(/(^|\s)#.*$/, '').trim()
    return text === '' ? [] : [entryOf(text, `${from}, entry ${index + 1}`)]
  })
  return (role, { object, verb, column }) =>
    entries.some(
      (entry) =>
        entry.role.test(role) &&
        entry.object.test(object) &&
        entry.verb.test(verb) &&
        (entry.columns === null || (column !== undefined && entry.columns.some((pattern) => pattern.test(column)))),
    )
}

/** @throws UsageError */
export async function readAllowFile(path: string): Promise<readonly string[]> {
  try {
    return (await readFile(resolve(path), 'utf8')).split('\n')
  } catch (error) {
    throw new UsageError(`The allow list ${path} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}

interface Entry {
  readonly role: RegExp
  readonly verb: RegExp
  /** null: whichever */
  readonly columns: readonly RegExp[] | null
  readonly object: RegExp
}

function entryOf(text: string, where: string): Entry {
  const [, quoted, plain, verb, columns, object] =
    /^(?:"((?:[^"]|"")+)"|(\S+))\s+([a-z*]+)\s*(?:\(([^)]*)\))?\s+on\s+(\S.*)$/i.exec(text) ?? []
  const role = quoted?.replaceAll('""', '"') ?? plain
  if (role === undefined || verb === undefined || object === undefined) {
    throw new UsageError(
      `${where}: ${JSON.stringify(text)} is no entry of an allow list. Write it like: app_user update(note) on api.orders`,
    )
  }
  return {
    role: patternOf(role),
    verb: patternOf(verb.toLowerCase()),
    columns: columns === undefined ? null : columns.split(',').map((name) => patternOf(name.trim())),
    object: patternOf(object.trim()),
  }
}

function patternOf(text: string): RegExp {
  const parts = text.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's')
}
