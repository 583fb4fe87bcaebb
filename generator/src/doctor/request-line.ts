import type { ApiRequest } from '../ask/ask.js'
import { UsageError } from '../errors.js'

const methods = ['GET', 'HEAD', 'POST', 'PATCH', 'PUT', 'DELETE']

/**
 * `GET /orders?select=id`, or `POST /orders {"total": 1}` with a body behind the path.
 *
 * @param headers as curl takes them: `Prefer: return=representation`
 * @throws UsageError
 */
export function readRequest(text: string, body: string | undefined, headers: readonly string[]): ApiRequest {
  const [, method = '', target = '', rest = ''] = /^\s*([A-Za-z]+)\s+(\/\S*)\s*(.*)$/s.exec(text) ?? []
  const verb = method.toUpperCase()
  if (target === '')
    throw new UsageError(`This is no request: ${JSON.stringify(text)}. Write it like: 'GET /orders?select=id'.`)
  if (!methods.includes(verb))
    throw new UsageError(`${JSON.stringify(method)} is no method of the API. There are: ${methods.join(', ')}.`)
  const given = body ?? (rest === '' ? null : rest)
  const read = headers.map(readHeader)
  if (given !== null && !['POST', 'PATCH', 'PUT'].includes(verb)) throw new UsageError(`${verb} takes no body.`)
  const isTyped = read.some(([name]) => name.toLowerCase() === 'content-type')
  const typed = given === null || isTyped ? read : [...read, ['Content-Type', 'application/json'] as const]
  return { method: verb, target: asPath(target), headers: typed, body: given }
}

/** Bytes that a URL must not have stand there as a shell passed them. */
function asPath(target: string): string {
  try {
    return new URL(target, 'http://rolecast.invalid').href.slice('http://rolecast.invalid'.length)
  } catch {
    throw new UsageError(`${JSON.stringify(target)} is no path of a URL.`)
  }
}

function readHeader(text: string): readonly [string, string] {
  const [, name, value] = /^\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*:\s*([^\r\n]*)$/.exec(text) ?? []
  if (name === undefined || value === undefined) {
    throw new UsageError(`This is no header: ${JSON.stringify(text)}. Write it like: 'Prefer: return=representation'.`)
  }
  if (name.toLowerCase() === 'authorization')
    throw new UsageError('Say whom to ask as with --role and --claims, not with a token.')
  return [name, value]
}

/** @throws UsageError unless it is a JSON object */
export function readClaims(text: string): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UsageError(`--claims is no JSON: ${(error as Error).message}`)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new UsageError('--claims must be a JSON object, such as {"sub": "42"}.')
}
