/** An error of the transport: the request is not read any further, and the connection ends. */
export interface Refusal {
  readonly status: number
  readonly message: string
}

/** Node leaves out what comes after so many. */
export const maximumHeaders = 1_000

const refusal = (status: number, message: string): Refusal => ({ status, message })

export const headersTooLong = refusal(431, 'The address and the headers of the request are too long')
export const tooManyHeaders = refusal(431, 'The request has too many headers')
export const notHttp = refusal(400, 'The request is not HTTP/1.1')
export const unreadableTarget = refusal(
  400,
  'The request target cannot be read: percent-encode control characters and all characters beyond ASCII',
)
export const unknownVersion = refusal(505, 'The server speaks HTTP/1.0 and HTTP/1.1')
export const oneHostNeeded = refusal(400, 'The request must have one Host header')
export const severalTokens = refusal(400, 'The request has more than one Authorization header')
export const compressedBody = refusal(415, 'The body of a request must not be compressed')
export const unknownExpectation = refusal(417, 'The expectation of the request is unknown')

/** Nobody reads this one. Its status is what other servers log for a client that closed its connection. */
export const clientLeft = refusal(499, 'The client left before the request was answered')

export function bodyTooLong(maximum: number): Refusal {
  return refusal(413, `The body has more than ${maximum} bytes`)
}

export function bodyArrivesTooSlowly(): Refusal {
  return refusal(408, 'The body of the request arrives too slowly')
}

export function noRoomForBody(): Refusal {
  return refusal(503, 'Too many bodies of requests are under way; try again later')
}

/** What Node's parser reports, by its code; anything else that it cannot read is not HTTP. */
export const refusalOfCode: ReadonlyMap<string, Refusal> = new Map([
  ['HPE_HEADER_OVERFLOW', headersTooLong],
  ['HPE_INVALID_URL', unreadableTarget],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', refusal(413, 'The chunk extensions of the request are too long')],
  ['ERR_HTTP_REQUEST_TIMEOUT', refusal(408, 'The request did not arrive in time')],
])

/**
 * Why a request is refused that Node lets through; null if it is not. Proxies and servers choose differently between two
 * hosts or two tokens (RFC 9112, section 3.2; RFC 9110, section 5.3), and a list of headers that was cut may lack the token.
 * @param rawHeaders names and values in turn, as they came
 */
export function headersFault(rawHeaders: readonly string[], version: string, most: number): Refusal | null {
  if (version !== '1.1' && version !== '1.0') return version === '0.9' ? notHttp : unknownVersion
  if (rawHeaders.length >= 2 * most) return tooManyHeaders
  let hosts = 0
  let tokens = 0
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? ''
    if (name.length === 4 && name.toLowerCase() === 'host') hosts += 1
    else if (name.length === 13 && name.toLowerCase() === 'authorization') tokens += 1
  }
  if (hosts > 1 || (hosts === 0 && version === '1.1')) return oneHostNeeded
  return tokens > 1 ? severalTokens : null
}
