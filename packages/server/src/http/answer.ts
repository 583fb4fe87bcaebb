import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { HttpRequest, HttpResponse } from '../http-message.js'
import type { ClientDisconnect } from '../postgres/pool.js'
import { type Bodies, type BodyLimits, BodyRefusedError, ClientLeftError } from './bodies.js'
import { clientAddress } from './client-address.js'
import { noticeClientsThatLeft } from './half-close.js'
import {
  clientLeft,
  compressedBody,
  headersFault,
  maximumHeaders,
  type Refusal,
  unknownExpectation,
} from './refusals.js'
import { type OnRefused, refusalResponse } from './refuse.js'
import { originForm } from './request-target.js'
import { send, sendAndHangUp } from './send.js'

/** What a request is answered by. */
export interface HttpHandler {
  /** Looks at a request before its body is read: whether it is refused, or whose it is. */
  admit(head: HttpRequest): Admission
  handle(request: HttpRequest, abandoned: ClientDisconnect): Promise<HttpResponse>
  /** hears of every request that was answered */
  readonly onHandled: (request: HttpRequest, response: HttpResponse, milliseconds: number) => void
  /** hears of every response that was not sent to its end, though the client still waited */
  readonly onCut: (request: HttpRequest, error: Error) => void
  /** hears of every request that was not read as a whole */
  readonly onRefused: OnRefused
  /** hears of a connection that was closed since there are too many */
  readonly onDropped: () => void
}

export interface Admission {
  /** null: the body may be read */
  readonly refusal: HttpResponse | null
  /** whether the request has a token that was verified */
  readonly isKnown: boolean
}

export interface HttpSettings extends BodyLimits {
  /** of silence while the client takes its response; 0: forever */
  readonly responseTimeoutMilliseconds: number
  readonly verbosity: 'verbose' | 'minimal'
  /** trusted proxies in front; null: addresses of clients are not needed */
  readonly proxies: number | null
}

export interface AnswerContext {
  readonly server: Server
  readonly bodies: Bodies
  readonly handler: HttpHandler
  readonly settings: HttpSettings
}

const noBody = new Uint8Array(0)

/** Answers one request of a socket. */
export function answer(context: AnswerContext, message: IncomingMessage, response: ServerResponse): void {
  const { handler, settings } = context
  const { method = 'GET', url = '/' } = message
  const target = originForm(url)
  const refuse = (refusal: Refusal) => {
    handler.onRefused(refusal, method, target)
    sendAndHangUp(message, response, refusalResponse(refusal, settings.verbosity))
  }
  const fault = faultOf(message)
  if (fault !== null) {
    refuse(fault)
    return
  }
  const begun = performance.now()
  const address = settings.proxies === null ? undefined : clientAddress(message, settings.proxies)
  const head: HttpRequest = { method, target, headers: headersOf(message), body: noBody, address }
  const abandoned: ClientDisconnect = { isAbandoned: false, onAbandon: null }
  response.on('close', () => {
    abandoned.isAbandoned = true
    abandoned.onAbandon?.()
  })
  noticeClientsThatLeft(message, response)
  const respond = async (request: HttpRequest): Promise<void> => {
    const handled = await handler.handle(request, abandoned)
    handler.onHandled(request, handled, performance.now() - begun)
    response.shouldKeepAlive &&= context.server.listening // when it is closing, it waits for its connections
    if (isLarge(handled)) response.setTimeout(settings.responseTimeoutMilliseconds) // Node then ends connections that take nothing
    send(response, method, handled, (error) => handler.onCut(head, error))
  }
  const fail = () => void response.destroy()
  if (!hasBody(message)) {
    respond(head).catch(fail)
    return
  }
  const { refusal, isKnown } = handler.admit(head)
  if (refusal !== null) {
    handler.onHandled(head, refusal, performance.now() - begun)
    sendAndHangUp(message, response, refusal)
    return
  }
  if (message.headers.expect !== undefined) response.writeContinue()
  context.bodies
    .read(message, isKnown)
    .then(({ bytes, release }) => {
      if (response.closed) release()
      else response.once('close', release)
      return respond({ ...head, body: bytes })
    })
    .catch((error: unknown) => {
      if (error instanceof BodyRefusedError) refuse(error.refusal)
      else if (error instanceof ClientLeftError) {
        handler.onRefused(clientLeft, method, target)
        fail()
      } else fail()
    })
}

/** Why a request is refused before it is read. */
function faultOf(message: IncomingMessage): Refusal | null {
  const { rawHeaders, httpVersion, headers } = message
  const fault = headersFault(rawHeaders, httpVersion, maximumHeaders)
  if (fault !== null) return fault
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') return unknownExpectation
  const encoding = headers['content-encoding']
  const isCompressed = encoding !== undefined && encoding !== 'identity' && hasBody(message)
  return isCompressed ? compressedBody : null
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length']
  return length === undefined ? headers['transfer-encoding'] !== undefined : length !== '0'
}

/** Whether it may not fit into the buffers of the system, and so waits in ours until the client takes it. */
function isLarge({ body }: HttpResponse): boolean {
  return body !== null && (body.length ?? Number.POSITIVE_INFINITY) > 65_536
}

/** Names are in lower case already; Node keeps only Set-Cookie as a list. */
function headersOf({ headers }: IncomingMessage): Record<string, string | undefined> {
  const repeated = headers['set-cookie']
  return (repeated === undefined ? headers : { ...headers, 'set-cookie': repeated.join(', ') }) as Record<
    string,
    string | undefined
  >
}
