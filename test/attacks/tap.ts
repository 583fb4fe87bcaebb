import { connect, createServer, type Socket } from 'node:net'

/** Stands between the server and PostgreSQL. */
export interface Tap {
  readonly port: number
  /** what the server sent, as Latin-1 */
  sent(): string
  /** Breaks every connection. */
  cut(): void
  close(): Promise<void>
}

export async function openTap(databasePort: number): Promise<Tap> {
  const sockets = new Set<Socket>()
  let sent = ''
  const server = createServer((near) => {
    const far = connect(databasePort, '127.0.0.1')
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.on('data', (chunk) => {
      sent += chunk.toString('latin1')
    })
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy()
  }
  return {
    port: (server.address() as { port: number }).port,
    sent: () => sent,
    cut,
    close() {
      cut()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
