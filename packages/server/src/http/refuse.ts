import { METHODS, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { ApiError } from '../errors/api-error.js'
import { errorResponse } from '../errors/error-response.js'
import { methodNotForRoutines, unsupportedMethod } from '../errors/request-errors.js'
import type { HttpResponse } from '../http-message.js'
import { notHttp, type Refusal, refusalOfCode } from './refusals.js'
import { originForm } from './request-target.js'

type Verbosity = 'verbose' | 'minimal'

/** Hears of a request that was refused before it was a request: what is known of it, and why. */
export type OnRefused = (refusal: Refusal, method?: string, target?: string) => void

/** Answers bytes that are no request, and hangs up (RFC 9112, section 9.6): what follows them means nothing. */
export function refuseBytes(error: ParserError, socket: Duplex, verbosity: Verbosity, onRefused: OnRefused): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const method = error.code === 'HPE_INVALID_METHOD' ? unknownMethod(error.rawPacket) : null
  if (method !== null) {
    refuseMethod(...method, socket, verbosity, onRefused)
    return
  }
  const refusal = refusalOfCode.get(error.code ?? '') ?? notHttp
  onRefused(refusal)
  hangUp(socket, refusalResponse(refusal, verbosity))
}

type ParserError = Error & { code?: string; rawPacket?: Buffer }

/** Node's parser knows a list of methods; others are methods as well (RFC 9110, section 9.1), though not of this API. */
function unknownMethod(bytes: Buffer | undefined): [method: string, target: string] | null {
  const line = bytes?.toString('latin1', 0, 8_192) ?? ''
  const [, method, target] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}) (\S+) HTTP\/1\.[01]\r\n/.exec(line) ?? []
  return method === undefined || target === undefined || METHODS.includes(method) ? null : [method, originForm(target)]
}

/** Answers a method that nothing here has, and hangs up: of some it is not known where their request ends. */
export function refuseMethod(
  method: string,
  target: string,
  socket: Duplex,
  verbosity: Verbosity,
  onRefused: OnRefused,
): void {
  const error = target.startsWith('/rpc/') ? methodNotForRoutines(method) : unsupportedMethod(method)
  onRefused(error, method, target)
  const { status, headers, body } = errorResponse(error, verbosity)
  hangUp(socket, { status, headers: [...headers, ['Connection', 'close']], body })
}

/** Milliseconds that a client has to take its refusal, and to see that the connection ends. */
const patience = 1_000

function hangUp(socket: Duplex, { status, headers, body }: HttpResponse): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ]
  const text = String(body)
  socket.end(`${lines.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
  setTimeout(() => socket.destroy(), patience).unref()
}

/** A refusal as a response, with which the connection ends. */
export function refusalResponse({ status, message }: Refusal, verbosity: Verbosity): HttpResponse {
  const code = status === 413 || status === 415 ? 'PGRST102' : 'PGRST100'
  return errorResponse(new ApiError(status, code, message, null, null, [['Connection', 'close']]), verbosity)
}
