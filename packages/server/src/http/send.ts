import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import { type HttpResponse, sentBytes, streamOf } from '../http-message.js'

/** @param onCut hears why a body that had begun did not come to its end: then the connection has been closed */
export function send(
  response: ServerResponse,
  method: string,
  answer: HttpResponse,
  onCut: (error: Error) => void,
): void {
  const stream = streamOf(answer.body)
  if (response.destroyed) {
    stream?.destroy()
    return
  }
  writeHead(response, method, answer)
  if (stream === null || hasNoBody(method, answer.status)) {
    stream?.destroy()
    const body = bodyOf(method, answer)
    if (body === null) response.end()
    else response.end(body)
    return
  }
  pipeline(stream, response, (error) => {
    if (error && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') onCut(error)
  })
}

/** Milliseconds that a client may go on sending after it was refused. */
const patience = 1_000

/**
 * Answers before the request was read, and ends the connection. What still comes is read and forgotten for a while: to
 * close at once would make the system throw away the response that is on its way (RFC 9112, section 9.6).
 */
export function sendAndHangUp(message: IncomingMessage, response: ServerResponse, answer: HttpResponse): void {
  if (response.destroyed) return
  const method = message.method ?? 'GET'
  response.shouldKeepAlive = false
  writeHead(response, method, answer)
  response.flushHeaders()
  const body = bodyOf(method, answer)
  if (body !== null) response.write(body)
  const timer = setTimeout(() => response.end(), patience)
  message.on('close', () => {
    clearTimeout(timer)
    response.end()
  })
  message.resume()
}

function writeHead(response: ServerResponse, method: string, answer: HttpResponse): void {
  const { status, statusText, headers, body } = answer
  const flat: string[] = []
  for (const [name, value] of headers) flat.push(name, sentBytes(value))
  if (!isWithoutLength(status) && !(method === 'HEAD' && body === null)) {
    const length = lengthOf(body)
    if (length !== null) flat.push('Content-Length', String(length))
  }
  if (statusText === undefined) response.writeHead(status, flat)
  else response.writeHead(status, sentBytes(statusText), flat)
}

function bodyOf(method: string, { status, statusText, headers, body }: HttpResponse): string | Uint8Array | null {
  if (body === null || hasNoBody(method, status)) return null
  if (typeof body !== 'string' && !(body instanceof Uint8Array)) throw new Error('The body is a stream.')
  // Node writes headers in the encoding of a text that it sends with them: beside bytes it writes them as they are.
  return typeof body === 'string' && hasBytes(statusText, headers) ? Buffer.from(body) : body
}

function hasBytes(statusText: string | undefined, headers: HttpResponse['headers']): boolean {
  const isBeyondAscii = (text: string) => /[^\0-\x7f]/.test(text)
  return (statusText !== undefined && isBeyondAscii(statusText)) || headers.some(([, value]) => isBeyondAscii(value))
}

/** Null where it is not known. */
function lengthOf(body: HttpResponse['body']): number | null {
  if (body === null) return 0
  return typeof body === 'string' ? Buffer.byteLength(body) : body.length
}

function hasNoBody(method: string, status: number): boolean {
  return method === 'HEAD' || isWithoutLength(status)
}

function isWithoutLength(status: number): boolean {
  return status === 204 || status === 304
}
