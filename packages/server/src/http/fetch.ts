import type { HttpRequest, HttpResponse } from './message.js'

/** A fetch API request as the stages take it. */
export async function fromFetch(request: Request): Promise<HttpRequest> {
  const url = new URL(request.url)
  return {
    method: request.method,
    target: url.pathname + url.search,
    headers: Object.fromEntries(request.headers),
    body: new Uint8Array(await request.arrayBuffer()),
  }
}

export function toFetch({ status, headers, body }: HttpResponse): Response {
  const withoutBody = status === 204 || status === 304 || body === null
  const content = withoutBody ? null : typeof body === 'string' ? body : Uint8Array.from(body)
  return new Response(content, { status, headers: headers.map(([name, value]): [string, string] => [name, value]) })
}
