import type { Body } from '@rolecast/grammar'
import type { HttpRequest } from '../http-message.js'

const names: ReadonlySet<string> = new Set([
  'application/json',
  'text/csv',
  'text/plain',
  'text/xml',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
])

/** PostgREST's own name of a JSON array, as long as it is not said to be without nulls. */
const arrays: ReadonlySet<string> = new Set(['application/vnd.pgrst.array', 'application/vnd.pgrst.array+json'])
const withoutNulls = /;\s*nulls\s*=\s*"?stripped/i

/** The body and its media type: in lower case and without parameters where it is one of ours, else as sent. */
export function bodyOf({ headers, body }: HttpRequest): Body {
  const header = headers['content-type'] ?? 'application/json'
  const semicolon = header.indexOf(';')
  const name = (semicolon === -1 ? header : header.slice(0, semicolon)).trim().toLowerCase()
  if (arrays.has(name) && !withoutNulls.test(header)) return { type: 'application/json', content: body }
  return { type: names.has(name) ? name : header, content: body }
}
