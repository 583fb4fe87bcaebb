import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Parameters } from './connection-string.js'
import { ConnectionStringError } from './errors.js'

/**
 * The parameters of a service ("The Connection Service File" in the manual of libpq).
 * @param file where it is looked for; null: in the user's own file, then in the system's
 * @throws ConnectionStringError where it is not there, or cannot be read
 */
export function serviceParameters(
  service: string,
  file: string | null,
  env: Readonly<Record<string, string | undefined>>,
): Parameters {
  const system = env.PGSYSCONFDIR === undefined ? [] : [join(env.PGSYSCONFDIR, 'pg_service.conf')]
  const candidates = file === null ? [join(homedir(), '.pg_service.conf'), ...system] : [file]
  for (const candidate of candidates) {
    if (file === null && !existsSync(candidate)) continue
    const found = sectionOf(readText(candidate), service)
    if (found !== null) return found
  }
  throw new ConnectionStringError(`there is no service "${service}" in ${candidates.join(' or ')}`)
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new ConnectionStringError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

/** `[name]`, then lines of `parameter=value`; `#` begins a comment. */
function sectionOf(text: string, service: string): Parameters | null {
  let parameters: Map<string, string> | null = null
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const content = line.trim()
    if (content === '' || content.startsWith('#')) continue
    if (content.startsWith('[')) {
      if (parameters !== null) return parameters
      if (content === `[${service}]`) parameters = new Map()
      continue
    }
    if (parameters === null) continue
    const [, name = '', value = ''] = /^([a-z_]+)\s*=\s*(.*)$/.exec(content) ?? []
    if (name === '' || name.startsWith('service'))
      throw new ConnectionStringError(`line ${index + 1} of the service file is not a parameter that can be used`)
    parameters.set(name, value)
  }
  return parameters
}
