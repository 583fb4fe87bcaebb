import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { answer, type HttpHandler, type HttpSettings } from './answer.js'
import { Bodies } from './bodies.js'
import { answerHalfClosed } from './half-close.js'
import { maximumHeaders } from './refusals.js'
import { refuseBytes, refuseMethod } from './refuse.js'

/** What cannot change once the server listens. */
export interface HttpLimits {
  /** characters of path and query */
  readonly maximumUrl: number
  readonly maximumConnections: number
  /** until all headers are there; 0: forever */
  readonly headersTimeoutMilliseconds: number
  /** until the body is there as well; 0: forever */
  readonly requestTimeoutMilliseconds: number
  /** over which the rate of a body is measured */
  readonly bodyPeriodMilliseconds: number
}

export interface HttpServer {
  readonly server: Server
  /** bytes that the bodies of requests take now */
  readonly bodyBytes: () => number
  readonly connections: () => number
  /** closes connections on which nothing has come yet, as browsers open some in advance */
  closeUnused(): void
}

/** Bytes of headers beside path and query. */
const headerBytes = 16_384

/**
 * An HTTP/1.1 server that is not listening yet.
 * @param settings as they are now: asked with each request
 */
export function createHttpServer(handler: HttpHandler, settings: () => HttpSettings, limits: HttpLimits): HttpServer {
  const { maximumUrl, headersTimeoutMilliseconds, requestTimeoutMilliseconds: requestTimeout } = limits
  const headersTimeout = Math.min(headersTimeoutMilliseconds, requestTimeout || headersTimeoutMilliseconds)
  const bodies = new Bodies(settings, limits.bodyPeriodMilliseconds)
  const server = createServer({
    keepAliveTimeout: 65_000,
    maxHeaderSize: headerBytes + maximumUrl,
    headersTimeout,
    requestTimeout,
    connectionsCheckingInterval: Math.min(5_000, Math.ceil(headersTimeout / 2) || 5_000),
    requireHostHeader: false, // refused as other errors are
  })
  const { onRefused } = handler
  const handle = (message: IncomingMessage, response: ServerResponse) =>
    answer({ server, bodies, handler, settings: settings() }, message, response)
  server.maxHeadersCount = maximumHeaders
  answerHalfClosed(server)
  server.on('request', handle)
  server.on('checkContinue', handle)
  server.on('checkExpectation', handle)
  server.on('clientError', (error, socket) => refuseBytes(error, socket, settings().verbosity, onRefused))
  server.on('connect', ({ url = '' }: IncomingMessage, socket) =>
    refuseMethod('CONNECT', url, socket, settings().verbosity, onRefused),
  )
  server.on('close', () => bodies.close())
  const connections = boundConnections(server, limits.maximumConnections, handler)
  return {
    server,
    bodyBytes: () => bodies.heldBytes,
    connections: () => connections.size,
    closeUnused() {
      for (const socket of connections) if (socket.bytesRead === 0) socket.destroy()
    },
  }
}

/**
 * Connections without a request under way make room for new ones, the oldest first: those that idle, that say nothing, or
 * that have not sent all their headers. Where all have one, a further connection is closed at once.
 */
function boundConnections(server: Server, most: number, { onDropped }: HttpHandler): ReadonlySet<Socket> {
  const open = new Set<Socket>()
  server.maxConnections = most
  const busy = new Set<Socket>()
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    busy.add(socket)
    response.once('close', () => busy.delete(socket))
  })
  server.on('connection', (socket) => {
    open.add(socket)
    socket.once('close', () => open.delete(socket))
    if (open.size < most) return
    for (const oldest of open) {
      if (oldest === socket || busy.has(oldest)) continue
      open.delete(oldest)
      oldest.destroy()
      return
    }
  })
  server.on('drop', onDropped)
  return open
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
