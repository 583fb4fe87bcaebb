import { readFileSync, statSync } from 'node:fs'
import { ConnectionStringError } from './errors.js'

export interface PasswordQuestion {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly user: string
}

/**
 * The password for a connection ("The Password File" in the manual of libpq): of the first line that fits.
 * @returns null where there is no file, or no line for it
 * @throws ConnectionStringError for a file that others may read: it is not used
 */
export function passwordFromFile(file: string, question: PasswordQuestion): string | null {
  const status = statSync(file, { throwIfNoEntry: false })
  if (status === undefined || !status.isFile()) return null
  if (process.platform !== 'win32' && (status.mode & 0o077) !== 0)
    throw new ConnectionStringError(`the password file ${file} may be read by others; say chmod 600 ${file}`)
  // A socket of the file system is called localhost there.
  const host = question.host.startsWith('/') ? 'localhost' : question.host
  const wanted = [host, String(question.port), question.database, question.user]
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/)) {
    if (line.startsWith('#')) continue
    const fields = fieldsOf(line)
    const password = fields[4]
    const fits = wanted.every((value, index) => fields[index] === '*' || unescaped(fields[index]) === value)
    if (fits && password !== undefined) return unescaped(password) ?? null
  }
  return null
}

/** Between colons; a backslash takes the next character as it is. */
function fieldsOf(line: string): string[] {
  return line.match(/(?:^|(?<=:))(?:[^:\\]|\\.)*/g) ?? []
}

function unescaped(field: string | undefined): string | undefined {
  return field?.replace(/\\(.)/g, '$1')
}
