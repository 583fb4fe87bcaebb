import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Abandonment } from '../execute/pool.js'
import type { HttpRequest, HttpResponse } from './message.js'

export type Handle = (request: HttpRequest, abandoned: Abandonment) => Promise<HttpResponse>

export interface HttpOptions {
  /** bytes */
  readonly maximumBody: number
  /** characters of path and query */
  readonly maximumUrl: number
}

/** An HTTP/1.1 server that is not listening yet. */
export function createHttpServer(handle: Handle, options: HttpOptions): Server {
  const maxHeaderSize = 16_384 + options.maximumUrl
  return createServer({ keepAliveTimeout: 65_000, maxHeaderSize }, (message, response) => {
    answer(handle, message, response, options).catch(() => response.destroy())
  })
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

const noBody = new Uint8Array(0)

async function answer(
  handle: Handle,
  message: IncomingMessage,
  response: ServerResponse,
  { maximumBody }: HttpOptions,
): Promise<void> {
  const { method = 'GET', headers } = message
  const hasBody =
    headers['content-length'] !== undefined
      ? headers['content-length'] !== '0'
      : headers['transfer-encoding'] !== undefined
  const body = hasBody ? await readBody(message, maximumBody) : noBody
  if (body === null) {
    send(response, method, { status: 413, headers: [['Connection', 'close']], body: null })
    return
  }
  const request = { method, target: message.url ?? '/', headers: headersOf(message), body }
  const abandoned: Abandonment = { isAbandoned: false, onAbandon: null }
  response.on('close', () => {
    abandoned.isAbandoned = true
    abandoned.onAbandon?.()
  })
  send(response, method, await handle(request, abandoned))
}

/** Names are in lower case already; Node keeps only Set-Cookie as a list. */
function headersOf({ headers }: IncomingMessage): Record<string, string | undefined> {
  const repeated = headers['set-cookie']
  return (repeated === undefined ? headers : { ...headers, 'set-cookie': repeated.join(', ') }) as Record<
    string,
    string | undefined
  >
}

/** null: longer than allowed */
function readBody(message: IncomingMessage, maximum: number): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let length = 0
    message.on('data', (chunk: Buffer) => {
      length += chunk.length
      if (length <= maximum) chunks.push(chunk)
      else {
        message.pause()
        resolve(null)
      }
    })
    message.on('end', () => {
      const [first] = chunks
      resolve(first !== undefined && chunks.length === 1 ? first : Buffer.concat(chunks, length))
    })
    message.on('error', reject)
    message.on('aborted', () => reject(new Error('The request ended before its body did.')))
  })
}

function send(response: ServerResponse, method: string, { status, headers, body }: HttpResponse): void {
  if (response.destroyed) return
  const flat: string[] = []
  for (const [name, value] of headers) flat.push(name, value)
  const withoutLength = status === 204 || status === 304
  if (!withoutLength && !(method === 'HEAD' && body === null)) {
    flat.push(
      'Content-Length',
      String(body === null ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength),
    )
  }
  response.writeHead(status, flat)
  if (body === null || method === 'HEAD' || withoutLength) response.end()
  else response.end(body)
}
