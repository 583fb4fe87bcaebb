import pg from 'pg'
import { identifier } from './compile/quote.js'
import type { Config } from './config/config.js'
import { clientConfig } from './database.js'

/** What a notification asks for ("Schema Cache Reloading", "Configuration Reloading" in PostgREST's manual). */
export interface Reloads {
  schema(): void
  config(): void
  /** the connection was lost and is there again, so notifications may have been missed */
  both(): void
  failed(error: unknown): void
}

const longestDelay = 32_000

/** Listens on db-channel over a connection of its own, which it opens again whenever it is lost. */
export class DatabaseListener {
  private client: pg.Client | null = null
  private timer: NodeJS.Timeout | null = null
  private delay = 1000
  private closed = false
  private wasConnected = false

  constructor(
    private readonly config: Config,
    private readonly reloads: Reloads,
  ) {}

  async start(): Promise<void> {
    const client = new pg.Client(clientConfig(this.config, 'rolecast listener'))
    const lost = (error?: unknown) => this.lost(client, error)
    client.on('error', lost)
    client.on('end', () => lost())
    client.on('notification', ({ payload }) => this.notified(payload ?? ''))
    try {
      await client.connect()
      await client.query('SET idle_session_timeout = 0') // it idles by nature
      await client.query(`LISTEN ${identifier(this.config.dbChannel)}`)
    } catch (error) {
      lost(error)
      return
    }
    if (this.closed) {
      await client.end().catch(() => {})
      return
    }
    this.client = client
    this.delay = 1000
    if (this.wasConnected) this.reloads.both()
    this.wasConnected = true
  }

  async close(): Promise<void> {
    this.closed = true
    if (this.timer !== null) clearTimeout(this.timer)
    await this.client?.end().catch(() => {})
  }

  private notified(payload: string): void {
    if (payload === 'reload schema') this.reloads.schema()
    else if (payload === 'reload config') this.reloads.config()
    else if (payload === '') this.reloads.both()
  }

  private lost(client: pg.Client, error: unknown): void {
    client.removeAllListeners()
    client.on('error', () => {})
    if (this.closed || this.timer !== null) return
    this.client = null
    client.end().catch(() => {})
    if (error !== undefined) this.reloads.failed(error)
    this.timer = setTimeout(() => {
      this.timer = null
      void this.start()
    }, this.delay)
    this.timer.unref()
    this.delay = Math.min(this.delay * 2, longestDelay)
  }
}
