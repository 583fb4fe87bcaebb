import { type HttpRequest, type HttpResponse, sentBytes } from '../http-message.js'
import type { ClientDisconnect } from '../postgres/pool.js'

export interface FetchedRequest {
  /** all but its body */
  readonly head: HttpRequest
  /** null where the body is longer than this many bytes */
  readBody(maximum: number): Promise<Uint8Array | null>
  /** follows the request's signal */
  readonly abandoned: ClientDisconnect
}

/** A fetch API request as the stages take it. */
export function fromFetch(request: Request): FetchedRequest {
  const { pathname, search } = new URL(request.url)
  const headers = Object.fromEntries(request.headers)
  return {
    head: { method: request.method, target: pathname + search, headers, body: new Uint8Array() },
    readBody: (maximum) => readBody(request, maximum),
    abandoned: abandonmentOf(request.signal),
  }
}

function abandonmentOf(signal: AbortSignal): ClientDisconnect {
  const abandoned: ClientDisconnect = { isAbandoned: signal.aborted, onAbandon: null }
  const abandon = () => {
    abandoned.isAbandoned = true
    abandoned.onAbandon?.()
  }
  signal.addEventListener('abort', abandon, { once: true })
  return abandoned
}

/** Reads no more than is allowed. */
async function readBody({ body }: Request, maximum: number): Promise<Uint8Array | null> {
  if (body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = body.getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    length += read.value.length
    if (length > maximum) {
      await reader.cancel()
      return null
    }
    chunks.push(read.value)
  }
  return Buffer.concat(chunks, length)
}

export function toFetch({ status, statusText, headers, body }: HttpResponse): Response {
  const withoutBody = status === 204 || status === 304 || body === null
  const content = withoutBody ? null : typeof body === 'string' ? body : new Uint8Array(body)
  return new Response(content, {
    status,
    ...(statusText === undefined ? {} : { statusText: sentBytes(statusText) }),
    headers: headers.map(([name, value]): [string, string] => [name, sentBytes(value)]),
  })
}
