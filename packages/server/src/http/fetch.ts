import { type HttpRequest, type HttpResponse, sentBytes } from '../http-message.js'

/**
 * A fetch API request as the stages take it; null where its body is longer than allowed.
 * @param maximumBody bytes
 */
export async function fromFetch(request: Request, maximumBody: number): Promise<HttpRequest | null> {
  const url = new URL(request.url)
  const body = await readBody(request, maximumBody)
  if (body === null) return null
  return {
    method: request.method,
    target: url.pathname + url.search,
    headers: Object.fromEntries(request.headers),
    body,
  }
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
