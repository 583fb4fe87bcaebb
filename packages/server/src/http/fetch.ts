import type { Readable } from 'node:stream'
import { type HttpRequest, type HttpResponse, sentBytes, streamOf } from '../http-message.js'
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
  const withoutBody = status === 204 || status === 304
  if (withoutBody) streamOf(body)?.destroy()
  return new Response(withoutBody ? null : contentOf(body), {
    status,
    ...(statusText === undefined ? {} : { statusText: sentBytes(statusText) }),
    headers: headers.map(([name, value]): [string, string] => [name, sentBytes(value)]),
  })
}

function contentOf(body: HttpResponse['body']): string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null {
  if (body === null || typeof body === 'string') return body
  return body instanceof Uint8Array ? new Uint8Array(body) : webStream(body.stream)
}

/** A stream as fetch has it. It takes from ours only what is read of it, and to cancel it destroys ours. */
function webStream(stream: Readable): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = stream[Symbol.asyncIterator]()
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next()
        if (done === true) controller.close()
        else controller.enqueue(value)
      },
      cancel: () => void stream.destroy(),
    },
    { highWaterMark: 0 },
  )
}
