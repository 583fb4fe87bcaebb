import { isHeader } from '../errors/raised-response.js'
import type { HttpRequest, HttpResponse } from '../http/message.js'

export interface DressOptions {
  /** name of the header that goes back as it came, empty where it did not; in lower case */
  readonly traceHeader: string | null
  /** whether the response is for the one who asked only */
  readonly isPrivate: boolean
}

/**
 * Headers that every response has: what it depends on (RFC 9110, section 12.5.5), whether others may keep it (RFC 9111,
 * section 5.2.2.7) and the trace header. What SQL has set stays.
 */
export function dress(request: HttpRequest, response: HttpResponse, options: DressOptions): HttpResponse {
  const names = new Set(response.headers.map(([name]) => name.toLowerCase()))
  const headers: (readonly [string, string])[] = []
  if (!names.has('vary')) headers.push(['Vary', 'Accept, Prefer, Range'], ['Vary', 'Accept-Profile, Authorization'])
  if (options.isPrivate && !names.has('cache-control')) headers.push(['Cache-Control', 'private'])
  const { traceHeader } = options
  if (traceHeader !== null) {
    const trace = request.headers[traceHeader] ?? ''
    if (isHeader(traceHeader, trace)) headers.push([traceHeader, trace])
  }
  return headers.length === 0 ? response : { ...response, headers: [...response.headers, ...headers] }
}
