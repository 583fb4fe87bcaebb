import type pg from 'pg'
import { routeOf } from './open-client.js'
import { openSocket } from './open-socket.js'

/** Milliseconds that PostgreSQL has to take a request to cancel. */
const patience = 5_000

/**
 * Asks PostgreSQL to stop what it runs for a client. Resolves to true when it has taken the request, to false when it could
 * not be asked, and then nobody knows whether it will be.
 * (Protocol, "Canceling Requests in Progress": a connection of its own, which the server closes.)
 */
export async function cancelWorkOf(client: pg.Client): Promise<boolean> {
  const { processID, secretKey } = client as unknown as { processID: number; secretKey: number }
  const { settings, server, encryption } = routeOf(client)
  try {
    const socket = await openSocket(settings, server, encryption, patience)
    const message = Buffer.alloc(16)
    message.writeUInt32BE(16, 0)
    message.writeUInt32BE(80_877_102, 4)
    message.writeInt32BE(processID, 8)
    message.writeInt32BE(secretKey, 12)
    return await new Promise((resolve) => {
      const timer = setTimeout(() => socket.destroy(new Error('no answer')), patience)
      socket.on('error', () => resolve(false))
      socket.on('close', () => {
        clearTimeout(timer)
        resolve(true)
      })
      socket.resume()
      socket.write(message)
    })
  } catch {
    return false
  }
}
