import type { IncomingMessage, Server, ServerResponse } from 'node:http'

/** Milliseconds after which it is found out whether anybody waits for an answer: then twice as many, up to the last. */
const firstLook = 250
const maxPause = 5_000

/**
 * A client that has sent all it will may close its half of the connection and still read (RFC 9112, section 9.6): Node is
 * told to answer it.
 */
export function answerHalfClosed(server: Server): void {
  Object.assign(server, { httpAllowHalfOpen: true })
}

/**
 * A client that is gone has closed its half as well: only writing tells the two apart. So where an answer takes longer,
 * interim responses go first (102, RFC 9110, section 15.2): once the system knows that nobody takes them, the next one
 * fails, and the request is abandoned. HTTP/1.0 has no interim responses: there the client is taken to be gone, and
 * so it is where a body of unknown length is on its way, which may not say anything for hours.
 */
export function noticeClientsThatLeft(message: IncomingMessage, response: ServerResponse): void {
  const { socket } = message
  let timer: NodeJS.Timeout | undefined
  const lookIn = (pause: number) => {
    timer = setTimeout(() => {
      if (response.headersSent && !response.chunkedEncoding) return
      if (response.headersSent || message.httpVersion !== '1.1') response.destroy()
      else {
        response.writeProcessing()
        lookIn(Math.min(2 * pause, maxPause))
      }
    }, pause)
  }
  const halfClosed = () => lookIn(firstLook)
  if (socket.readableEnded) halfClosed()
  else socket.once('end', halfClosed)
  response.once('close', () => {
    clearTimeout(timer)
    socket.off('end', halfClosed)
  })
}
