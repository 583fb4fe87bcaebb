import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type HttpRequest, type HttpResponse, sentBytes } from '../http-message.js'
import type { Abandonment } from '../postgres/pool.js'
import { bodyTooLong, headersFault, refusal, refuseBytes, refuseMethod } from './refuse.js'

export type Handle = (request: HttpRequest, abandoned: Abandonment) => Promise<HttpResponse>

export interface HttpOptions {
  /** hears of every request that was handled */
  readonly onHandled: (request: HttpRequest, response: HttpResponse) => void
  /** what may change while the server listens: asked for each request */
  readonly settings: () => RequestSettings
  /** characters of path and query */
  readonly maximumUrl: number
  /** until all headers are there; 0: forever */
  readonly headersTimeoutMilliseconds: number
  /** until the body is there as well, and of silence while the client takes its response; 0: forever */
  readonly requestTimeoutMilliseconds: number
}

export interface RequestSettings {
  /** bytes */
  readonly maximumBody: number
  readonly verbosity: 'verbose' | 'minimal'
}

/** Node leaves out what comes after so many. */
const maxHeadersCount = 1_000

/** An HTTP/1.1 server that is not listening yet. */
export function createHttpServer(handle: Handle, options: HttpOptions): Server {
  const { maximumUrl, headersTimeoutMilliseconds, requestTimeoutMilliseconds: requestTimeout, settings } = options
  const headersTimeout = Math.min(headersTimeoutMilliseconds, requestTimeout || headersTimeoutMilliseconds)
  const server = createServer(
    {
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16_384 + maximumUrl,
      headersTimeout,
      requestTimeout,
      connectionsCheckingInterval: Math.min(5_000, Math.ceil(headersTimeout / 2) || 5_000),
      requireHostHeader: false, // refused below, as other errors are
    },
    (message, response) => answer(server, handle, message, response, options),
  )
  server.maxHeadersCount = maxHeadersCount
  server.on('clientError', (error, socket) => refuseBytes(error, socket, settings().verbosity))
  server.on('connect', ({ url = '' }: IncomingMessage, socket) =>
    refuseMethod('CONNECT', url, socket, settings().verbosity),
  )
  server.on('checkExpectation', (message: IncomingMessage, response: ServerResponse) => {
    send(
      response,
      message.method ?? 'GET',
      refusal(417, 'The expectation of the request is unknown', settings().verbosity),
    )
  })
  return server
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}

const noBody = new Uint8Array(0)

function answer(
  server: Server,
  handle: Handle,
  message: IncomingMessage,
  response: ServerResponse,
  options: HttpOptions,
): void {
  const { method = 'GET', url: target = '/' } = message
  const abandoned: Abandonment = { isAbandoned: false, onAbandon: null }
  const respond = async (body: Uint8Array) => {
    const request = { method, target, headers: headersOf(message), body }
    const handled = await handle(request, abandoned)
    options.onHandled(request, handled)
    response.shouldKeepAlive &&= server.listening // when it is closing, it waits for its connections
    if (isLarge(handled)) response.setTimeout(options.requestTimeoutMilliseconds) // Node then ends connections that take nothing
    send(response, method, handled)
  }
  const fail = () => void response.destroy()
  const fault = faultOf(message)
  if (fault !== null) {
    send(response, method, refusal(...fault, options.settings().verbosity))
    return
  }
  response.on('close', () => {
    abandoned.isAbandoned = true
    abandoned.onAbandon?.()
  })
  if (!hasBody(message)) {
    respond(noBody).catch(fail)
    return
  }
  const { maximumBody, verbosity } = options.settings()
  readBody(message, maximumBody)
    .then((body) => {
      if (body !== null) return respond(body)
      send(response, method, bodyTooLong(maximumBody, verbosity))
    })
    .catch(fail)
}

/** Why a request is refused before it is read. */
function faultOf(message: IncomingMessage): [status: number, text: string] | null {
  const fault = headersFault(message.rawHeaders, message.httpVersion, maxHeadersCount)
  if (fault !== null) return fault
  const encoding = message.headers['content-encoding']
  const isCompressed = encoding !== undefined && encoding !== 'identity' && hasBody(message)
  return isCompressed ? [415, 'The body of a request must not be compressed'] : null
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length']
  return length === undefined ? headers['transfer-encoding'] !== undefined : length !== '0'
}

/** Whether it may not fit into the buffers of the system, and so waits in ours until the client takes it. */
function isLarge({ body }: HttpResponse): boolean {
  return body !== null && body.length > 65_536
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

function send(response: ServerResponse, method: string, { status, statusText, headers, body }: HttpResponse): void {
  if (response.destroyed) return
  const flat: string[] = []
  for (const [name, value] of headers) flat.push(name, sentBytes(value))
  const withoutLength = status === 204 || status === 304
  if (!withoutLength && !(method === 'HEAD' && body === null)) {
    flat.push(
      'Content-Length',
      String(body === null ? 0 : typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength),
    )
  }
  if (statusText === undefined) response.writeHead(status, flat)
  else response.writeHead(status, sentBytes(statusText), flat)
  if (body === null || method === 'HEAD' || withoutLength) response.end()
  // Node writes headers in the encoding of a text that it sends with them: of bytes it writes them as they are.
  else response.end(typeof body === 'string' && hasBytes(statusText, flat) ? Buffer.from(body) : body)
}

function hasBytes(statusText: string | undefined, flat: readonly string[]): boolean {
  const isBytes = (text: string) => /[^\0-\x7f]/.test(text)
  return (statusText !== undefined && isBytes(statusText)) || flat.some(isBytes)
}
