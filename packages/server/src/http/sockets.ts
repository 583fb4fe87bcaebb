import type { Server } from 'node:http'
import { Server as NetServer } from 'node:net'

/** Milliseconds between two looks for connections that idle. */
const grace = 100

/**
 * Requests under way are answered; the work of those that take longer than `patience` milliseconds is cancelled. A
 * connection that idles, or was opened in advance, is not closed at once, as Node's own way to close a server does: a request may be on its way on it.
 */
export function closeServer(server: Server, patience: number, closeUnused: () => void = () => {}): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), Math.min(patience, 2 ** 31 - 1))
    const sweep = () => {
      server.closeIdleConnections()
      closeUnused()
    }
    const sweeper = setInterval(sweep, Math.min(patience, grace))
    NetServer.prototype.close.call(server, () => {
      clearTimeout(timer)
      clearInterval(sweeper)
      server.close() // what http keeps beside the sockets
      resolve()
    })
  })
}

/** Where a server listens, as Node takes it. */
export interface ListenAddress {
  readonly host: string
  /** take no connection over IPv4 */
  readonly ipv6Only?: boolean
}

const anyAddress: ReadonlyMap<string, ListenAddress> = new Map([
  ['*', { host: '::' }],
  ['*6', { host: '::' }],
  ['!6', { host: '::', ipv6Only: true }],
  ['*4', { host: '0.0.0.0' }],
  ['!4', { host: '0.0.0.0' }],
])

/** A host, or one of PostgREST's words: `*` is any address, `*4` and `*6` prefer a version of IP, `!4` and `!6` take no other. */
export function addressOf(host: string): ListenAddress {
  return anyAddress.get(host) ?? { host }
}
