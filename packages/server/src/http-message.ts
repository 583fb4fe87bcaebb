import type { Readable } from 'node:stream'

/** An HTTP request as the stages see it: no stage knows Node's HTTP objects. */
export interface HttpRequest {
  readonly method: string
  /** path and query as they were sent, still percent-encoded: `/orders?id=eq.1` */
  readonly target: string
  /**
   * names in lower case; repeated fields joined with ", " (RFC 9110, section 5.3); values as they were received, one
   * character a byte: see `receivedText`
   */
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
  /** where it comes from; undefined where that is not known, or where nobody wants to know it */
  readonly address?: string | undefined
}

export interface HttpResponse {
  readonly status: number
  /** the reason phrase; undefined: the usual one of the status */
  readonly statusText?: string | undefined
  /** in the order to send, as plain text; a name may occur more than once */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string | Uint8Array | StreamedBody | null
}

/** A body that is still on its way. Whoever does not read it to its end destroys the stream. */
export interface StreamedBody {
  readonly stream: Readable
  /** bytes; null: not known yet */
  readonly length: number | null
}

/** The body's stream, where it is one. */
export function streamOf(body: HttpResponse['body']): Readable | null {
  return body !== null && typeof body === 'object' && 'stream' in body ? body.stream : null
}

/** A request target cut at its first `?`: both sides still percent-encoded, the query without the mark. */
export function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf('?')
  if (mark < 0) return { path: target, query: '' }
  return { path: target.slice(0, mark), query: target.slice(mark + 1) }
}

/** The text of a received header: its bytes are UTF-8. */
export function receivedText(bytes: string): string {
  return beyondAscii.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes
}

/**
 * The text of a header or reason phrase as Node and `fetch` take it: its UTF-8 bytes, one character each. Only what sends
 * a response calls this; the stages before write plain text.
 */
export function sentBytes(text: string): string {
  return beyondAscii.test(text) ? Buffer.from(text).toString('latin1') : text
}

const beyondAscii = /[^\0-\x7f]/
