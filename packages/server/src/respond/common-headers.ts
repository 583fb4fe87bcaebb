import { headerFault } from '../errors/header-fault.js'
import { type HttpRequest, type HttpResponse, receivedText } from '../http-message.js'

type Header = HttpResponse['headers'][number]

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
export function addCommonHeaders(request: HttpRequest, response: HttpResponse, options: DressOptions): HttpResponse {
  const { traceHeader, isPrivate } = options
  const headers = [...response.headers]
  if (!has(response, 'vary')) headers.push(...vary)
  if (isPrivate && !has(response, 'cache-control')) headers.push(forOneOnly)
  if (traceHeader !== null) {
    const trace = receivedText(request.headers[traceHeader] ?? '')
    if (trace.length <= maxTraceLength && headerFault(traceHeader, trace) === null) headers.push([traceHeader, trace])
  }
  return { ...response, headers }
}

/** Characters: identifiers of traces have some hundred at most, and what is sent back should not be the sender's choice. */
const maxTraceLength = 512

const vary: readonly Header[] = [
  ['Vary', 'Accept, Prefer, Range'],
  ['Vary', 'Accept-Profile, Authorization'],
]
const forOneOnly: Header = ['Cache-Control', 'private']

function has({ headers }: HttpResponse, lowerName: string): boolean {
  for (const [name] of headers) if (name.length === lowerName.length && name.toLowerCase() === lowerName) return true
  return false
}
