import type { Server as NodeServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Config } from '../config/config.js'
import { createAdminServer, type Health } from './admin.js'
import { bound } from './bound.js'
import { ListenError } from './listen-error.js'
import { listenOnFile } from './socket-file.js'
import { addressOf, closeServer } from './sockets.js'

export type AdminSettings = Pick<
  Config,
  'adminServerPort' | 'adminServerHost' | 'adminServerUnixSocket' | 'adminServerUnixSocketMode'
>

/** The admin server's socket. It opens before the database is there and closes last; what it tells changes meanwhile. */
export class AdminServer {
  private server: NodeServer | null = null
  private place = ''

  constructor(public health: Health) {}

  /**
   * Opens it where the configuration wants one and it is not open.
   * @returns where it listens; null: nowhere, or it did already
   * @throws ListenError
   */
  async open(settings: AdminSettings): Promise<string | null> {
    const { adminServerPort, adminServerHost, adminServerUnixSocket, adminServerUnixSocketMode } = settings
    if ((adminServerPort === null && adminServerUnixSocket === null) || this.server !== null) return null
    const server = createAdminServer(() => this.health)
    this.place = adminServerUnixSocket ?? `${adminServerHost}:${adminServerPort}`
    try {
      if (adminServerUnixSocket !== null) await listenOnFile(server, adminServerUnixSocket, adminServerUnixSocketMode)
      else await bound(server, () => server.listen({ port: adminServerPort ?? 0, ...addressOf(adminServerHost) }))
    } catch (error) {
      throw new ListenError('admin server', this.place, error)
    }
    this.server = server
    return adminServerUnixSocket ?? `${adminServerHost}:${(server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    if (this.server !== null) await closeServer(this.server, 0)
  }
}
