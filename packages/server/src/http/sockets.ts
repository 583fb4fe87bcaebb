import { once } from 'node:events'
import { chmod, rm } from 'node:fs/promises'
import type { Server } from 'node:http'

/** Resolves when the server listens; rejects where it cannot. */
export async function bound(server: Server, start: () => void): Promise<void> {
  const ready = once(server, 'listening')
  start()
  await ready
}

/** Listens on a socket in the file system, in place of one that was left there. */
export async function listenOnFile(server: Server, path: string, mode: number): Promise<void> {
  await rm(path, { force: true })
  await bound(server, () => server.listen(path))
  await chmod(path, mode)
}

/** Requests under way are answered; the work of those that take longer than `patience` milliseconds is cancelled. */
export function closeServer(server: Server, patience: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), Math.min(patience, 2 ** 31 - 1))
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })
}

/** `*` and its like of libpq and Haskell's servers: any address, of version 4, of version 6. */
export function hostOf(host: string): string {
  if (host === '*' || host === '*6' || host === '!6') return '::'
  return host === '*4' || host === '!4' ? '0.0.0.0' : host
}
