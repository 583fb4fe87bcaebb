import { once } from 'node:events'
import type { Server } from 'node:http'

/** Resolves when the server listens; rejects where it cannot. */
export async function bound(server: Server, start: () => void): Promise<void> {
  const ready = once(server, 'listening')
  start()
  await ready
}
