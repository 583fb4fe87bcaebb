import { createHash } from 'node:crypto'
import type { HttpRequest, HttpResponse } from '../http-message.js'

/** Headers that tell of the content beside the body. */
const described: ReadonlySet<string> = new Set(['content-range', 'content-type', 'content-profile'])
/** What a 304 leaves out (RFC 9110, section 15.4.5). */
const ofContent: ReadonlySet<string> = new Set([...described, 'content-length', 'content-encoding'])

/**
 * The response to a GET with an ETag of its content, or 304 where the client has that content already (RFC 9110, sections 8.8.3
 * and 13.1.2). The tag is weak, so that it holds for every coding. One that SQL has set stays.
 */
export function withETag(request: HttpRequest, response: HttpResponse): HttpResponse {
  const { body, status, headers } = response
  const isContent = typeof body === 'string' || body instanceof Uint8Array
  if (request.method !== 'GET' || !isContent || (status !== 200 && status !== 206)) return response
  const own = headers.find(([name]) => name.toLowerCase() === 'etag')?.[1]
  const tag = own ?? `W/"${digestOf(body, headers)}"`
  const tagged = own === undefined ? [...headers, ['ETag', tag] as const] : headers
  if (!matches(request.headers['if-none-match'], tag)) return { ...response, headers: tagged }
  return { status: 304, headers: tagged.filter(([name]) => !ofContent.has(name.toLowerCase())), body: null }
}

function digestOf(body: string | Uint8Array, headers: HttpResponse['headers']): string {
  const hash = createHash('sha256')
  for (const [name, value] of headers) if (described.has(name.toLowerCase())) hash.update(`${name}: ${value}\n`)
  return hash.update(body).digest('base64url').slice(0, 22)
}

/** Weakly compared. Tags have no quotes within. */
function matches(condition: string | undefined, tag: string): boolean {
  if (condition === undefined) return false
  if (condition.trim() === '*') return true
  const opaque = (text: string) => text.replace(/^W\//, '')
  return (condition.match(/(?:W\/)?"[^"]*"/g) ?? []).some((one) => opaque(one) === opaque(tag))
}
