import type { IncomingMessage } from 'node:http'
import { isIP } from 'node:net'

/**
 * Where a request comes from. Each proxy adds to X-Forwarded-For whom it was asked by, so what the trusted ones wrote stands
 * at its end; what is before that anybody may have written.
 * @param proxies how many trusted proxies stand in front
 * @returns undefined: it came through a socket of the file system
 */
export function clientAddress({ socket, headers }: IncomingMessage, proxies: number): string | undefined {
  const own = socket.remoteAddress
  if (proxies === 0) return own
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',')
  const address = forwarded[forwarded.length - proxies]?.trim() ?? ''
  return isIP(address) === 0 ? own : address
}
