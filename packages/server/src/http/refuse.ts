import { METHODS, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { ApiError } from '../errors/api-error.js'
import { errorResponse } from '../errors/error-response.js'
import { methodNotForRoutines, unsupportedMethod } from '../errors/request-errors.js'
import type { HttpResponse } from '../http-message.js'

type Verbosity = 'verbose' | 'minimal'

/** What Node's parser reports, by its code; anything else it cannot read is 400. */
const unreadable: ReadonlyMap<string, readonly [status: number, message: string]> = new Map([
  ['HPE_HEADER_OVERFLOW', [431, 'The address and the headers of the request are too long']],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', [413, 'The chunk extensions of the request are too long']],
  ['ERR_HTTP_REQUEST_TIMEOUT', [408, 'The request did not arrive in time']],
])

/** Answers bytes that are no request, and hangs up (RFC 9112, section 9.6): what follows them means nothing. */
export function refuseBytes(error: ParserError, socket: Duplex, verbosity: Verbosity): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy()
    return
  }
  const method = error.code === 'HPE_INVALID_METHOD' ? unknownMethod(error.rawPacket) : null
  if (method !== null) {
    refuseMethod(...method, socket, verbosity)
    return
  }
  const [status, message] = unreadable.get(error.code ?? '') ?? [400, 'The request is not HTTP/1.1']
  hangUp(socket, refusal(status, message, verbosity))
}

type ParserError = Error & { code?: string; rawPacket?: Buffer }

/** Node's parser knows a list of methods; others are methods as well (RFC 9110, section 9.1), though not of this API. */
function unknownMethod(bytes: Buffer | undefined): [method: string, target: string] | null {
  const line = bytes?.toString('latin1', 0, 8_192) ?? ''
  const [, method, target] = /^([!#$%&'*+.^_`|~0-9A-Za-z-]{1,40}) (\/\S*) HTTP\/1\.[01]\r\n/.exec(line) ?? []
  return method === undefined || target === undefined || METHODS.includes(method) ? null : [method, target]
}

/** Answers a method that nothing here has, and hangs up: of some it is not known where their request ends. */
export function refuseMethod(method: string, target: string, socket: Duplex, verbosity: Verbosity): void {
  const error = target.startsWith('/rpc/') ? methodNotForRoutines(method) : unsupportedMethod(method)
  const { status, headers, body } = errorResponse(error, verbosity)
  hangUp(socket, { status, headers: [...headers, ['Connection', 'close']], body })
}

function hangUp(socket: Duplex, { status, headers, body }: HttpResponse): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ]
  const text = String(body)
  socket.end(`${lines.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
}

export function bodyTooLong(maximum: number, verbosity: Verbosity): HttpResponse {
  return refusal(413, `The body has more than ${maximum} bytes`, verbosity)
}

/** An error of the transport, after which the connection ends. */
export function refusal(status: number, message: string, verbosity: Verbosity): HttpResponse {
  const code = status === 413 || status === 415 ? 'PGRST102' : 'PGRST100'
  return errorResponse(new ApiError(status, code, message, null, null, [['Connection', 'close']]), verbosity)
}

/**
 * Why a request is refused that Node lets through, and with which status: null if it is not. Proxies and servers choose
 * differently between two hosts or two tokens (RFC 9112, section 3.2; RFC 9110, section 5.3), and a list of headers
 * that was cut may lack the token.
 * @param rawHeaders names and values in turn, as they came
 */
export function headersFault(rawHeaders: readonly string[], version: string, most: number): [number, string] | null {
  if (rawHeaders.length >= 2 * most) return [431, 'The request has too many headers']
  let hosts = 0
  let tokens = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1
    else if (name.length === 13 && name.toLowerCase() === 'authorization') tokens += 1
  }
  if (hosts > 1 || (hosts === 0 && version === '1.1')) return [400, 'The request must have one Host header']
  return tokens > 1 ? [400, 'The request has more than one Authorization header'] : null
}
