import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { identifier } from '../sql/quote.js'
import { connectClient, type DatabaseAddress } from './connect.js'

/** What a notification asks for ("Schema Cache Reloading", "Configuration Reloading" in PostgREST's manual). */
export interface Reloads {
  schema(): void
  config(): void
  /** the connection was lost and is there again, so notifications may have been missed */
  both(): void
  /** hears of the first of several failures in a row */
  failed(error: unknown): void
  /** notifications do not arrive although PostgreSQL was asked for them, as behind a pooler */
  notificationsLost(): void
}

export interface ListenerSettings extends DatabaseAddress {
  readonly dbChannel: string
}

const minDelay = 50
const maxDelay = 5_000
/** How often a notification of its own is sent; each must arrive before the next. */
const beat = 60_000

/**
 * Listens on db-channel over a connection of its own, which it opens again whenever it is lost, or answers no more. Now
 * and then it notifies itself, to see whether notifications arrive.
 */
export class DatabaseListener {
  private client: pg.Client | null = null
  private timer: NodeJS.Timeout | null = null
  private beating: NodeJS.Timeout | null = null
  private delay = minDelay
  private closed = false
  private wasConnected = false
  private warnedOfLoss = false
  /** the last notification of its own has arrived */
  notificationsArrive = false
  private beatArrived = false
  private readonly own = `rolecast ${randomUUID()}`

  constructor(
    private readonly settings: ListenerSettings,
    private readonly reloads: Reloads,
    private readonly beatMilliseconds = beat,
  ) {}

  async start(): Promise<void> {
    let opened: pg.Client | null = null
    try {
      const client = await connectClient(this.settings, 'rolecast listener', 'read-write')
      opened = client
      const lost = (error?: unknown) => this.lost(client, error)
      client.on('error', lost)
      client.on('end', () => lost())
      client.on('notification', ({ payload }) => this.notified(payload ?? ''))
      await client.query('SET idle_session_timeout = 0') // it idles by nature
      await client.query(`LISTEN ${identifier(this.settings.dbChannel)}`)
    } catch (error) {
      this.lost(opened, error)
      return
    }
    if (this.closed) {
      await opened.end().catch(() => {})
      return
    }
    this.client = opened
    this.delay = minDelay
    if (this.wasConnected) this.reloads.both()
    this.wasConnected = true
    this.heartbeat(opened)
  }

  async close(): Promise<void> {
    this.closed = true
    if (this.timer !== null) clearTimeout(this.timer)
    this.stopBeating()
    await this.client?.end().catch(() => {})
  }

  private notified(payload: string): void {
    if (payload === this.own) this.heard()
    else if (payload === 'reload schema' || payload === '') this.reloads.schema()
    else if (payload === 'reload config') this.reloads.config()
  }

  /** A notification of its own, from another session: behind a pooler, one from its own might arrive all the same. */
  private heartbeat(client: pg.Client): void {
    let isAnswered = false
    let isSent = false
    this.beatArrived = false
    this.beating = setTimeout(() => {
      if (!isAnswered) {
        this.lost(client, new Error('the database does not answer'))
        return
      }
      if (isSent && !this.beatArrived) this.unheard()
      this.heartbeat(client)
    }, this.beatMilliseconds)
    this.beating.unref()
    client.query('SELECT 1').then(
      () => {
        isAnswered = true
      },
      (error: unknown) => this.lost(client, error),
    )
    this.notify().then(
      () => {
        isSent = true
      },
      () => {}, // it says nothing of the listener
    )
  }

  private async notify(): Promise<void> {
    const client = await connectClient(this.settings, 'rolecast heartbeat', 'read-write')
    try {
      await client.query('SELECT pg_notify($1, $2)', [this.settings.dbChannel, this.own])
    } finally {
      await client.end().catch(() => {})
    }
  }

  private heard(): void {
    this.beatArrived = true
    this.notificationsArrive = true
    this.warnedOfLoss = false
  }

  private unheard(): void {
    this.notificationsArrive = false
    if (!this.warnedOfLoss) this.reloads.notificationsLost()
    this.warnedOfLoss = true
  }

  private stopBeating(): void {
    if (this.beating !== null) clearTimeout(this.beating)
    this.beating = null
    this.notificationsArrive = false
  }

  private lost(client: pg.Client | null, error: unknown): void {
    client?.removeAllListeners()
    client?.on('error', () => {})
    if (this.closed || this.timer !== null) return
    this.client = null
    this.stopBeating()
    client?.end().catch(() => {})
    if (error !== undefined && this.delay === minDelay) this.reloads.failed(error)
    this.timer = setTimeout(() => {
      this.timer = null
      void this.start()
    }, this.delay)
    this.timer.unref()
    this.delay = Math.min(this.delay * 2, maxDelay)
  }
}
