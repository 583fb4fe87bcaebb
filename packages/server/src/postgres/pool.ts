import type pg from 'pg'
import { RepeatedCancel } from './cancel.js'
import { Connection, type ConnectionOptions } from './connection.js'
import {
  AbandonedError,
  ConnectionFailedError,
  ConnectionLostError,
  DatabaseError,
  endedWhileIdle,
  isAboutNames,
  isAboutPreparation,
} from './errors.js'
import { WaitingLine } from './waiting-line.js'

export interface PoolOptions extends Omit<ConnectionOptions, 'prepare'> {
  readonly size: number
  /** whether connections that are opened now keep prepared statements; it may change: see `renew` */
  readonly prepare: () => boolean
  /** how long a request waits for a connection */
  readonly acquisitionTimeoutMilliseconds: number
  readonly maximumIdleMilliseconds: number
  readonly maximumLifetimeMilliseconds: number
  /** how long a server may be silent before it is asked whether it still works for a connection */
  readonly silenceMilliseconds: number
  /** how many requests wait at most */
  readonly maximumWaiting: number
  /** is told once when names of prepared statements are given up, since sessions do not keep them */
  readonly onUnprepared?: () => void
  /** is told when connections cannot be opened any more, and why; null: when they can again */
  readonly onReachable?: (error: unknown) => void
}

/** Milliseconds between two looks at all connections, at most. */
const maxSweepInterval = 1_000
/** Milliseconds between two looks for a server that takes writes. */
const minLookInterval = 500

/** Whether somebody still waits for a response: lighter than an AbortSignal, of which every request would need one. */
export interface ClientDisconnect {
  isAbandoned: boolean
  onAbandon: (() => void) | null
}

/** Connections that are lent one at a time, opened when they are needed. */
export class Pool {
  private readonly idle: Connection[] = []
  private readonly all = new Set<Connection>()
  private readonly waiting: WaitingLine
  private opening = 0
  private generation = 0
  private closed = false
  private hasWritten = false
  private lookedAgainAt = 0
  /** sessions do not keep what is prepared in them */
  private namesGivenUp = false
  private readonly sweeper: NodeJS.Timeout

  constructor(
    private readonly connect: () => Promise<pg.Client>,
    private readonly options: PoolOptions,
  ) {
    this.waiting = new WaitingLine(options.maximumWaiting, options.acquisitionTimeoutMilliseconds)
    this.sweeper = setInterval(() => this.sweep(), Math.min(maxSweepInterval, options.silenceMilliseconds / 2))
    this.sweeper.unref()
  }

  /** statements that were cancelled, and connections that were found dead so far */
  cancelledCount = 0
  deadCount = 0
  /** the last try to open a connection failed */
  private isUnreachable = false

  get size(): number {
    return this.all.size
  }

  /** all connections that there may be are in use, or being opened */
  get isExhausted(): boolean {
    return this.idle.length === 0 && this.all.size + this.opening >= this.options.size
  }

  get idleCount(): number {
    return this.idle.length
  }

  get waitingCount(): number {
    return this.waiting.length
  }

  /** requests that have waited in vain so far */
  get timeoutCount(): number {
    return this.waiting.timeoutCount
  }

  /** requests that were not let wait so far */
  get refusedCount(): number {
    return this.waiting.refusedCount
  }

  /**
   * @throws ConnectionFailedError
   * @throws AcquisitionTimeoutError
   * @throws QueueFullError
   */
  async acquire(): Promise<Connection> {
    const free = this.takeIdle()
    if (free !== null) return free
    if (this.closed) throw new ConnectionLostError()
    if (this.all.size + this.opening < this.options.size) return this.open()
    return this.wait()
  }

  private takeIdle(): Connection | null {
    for (let free = this.idle.pop(); free !== undefined; free = this.idle.pop()) if (free.isAlive) return free
    return null
  }

  /**
   * Lends a connection for some work and takes it back. When nobody waits for the work any more, PostgreSQL is told to
   * stop; the connection comes back only after that message has arrived, so it cannot hit somebody else's statement.
   *
   * Work that failed because of what was prepared has been rolled back, and work on a session that had just been ended
   * has not begun: both are done once more on a new connection. If that does not know its own statements either, a
   * pooler gives us one session after the other, and nothing is prepared by name from then on.
   * @throws what `acquire` and the work throw, and AbandonedError when it was not begun
   */
  async withConnection<T>(
    work: (connection: Connection) => Promise<T>,
    abandoned: ClientDisconnect | null,
  ): Promise<T> {
    try {
      return await this.lendOnce(work, abandoned)
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
      if (isAboutPreparation(error)) this.renew()
      else if (!endedWhileIdle(error)) throw error
    }
    try {
      return await this.lendOnce(work, abandoned)
    } catch (error) {
      if (!(error instanceof DatabaseError && isAboutNames(error))) throw error
      if (!this.namesGivenUp) this.options.onUnprepared?.()
      this.namesGivenUp = true
      this.renew()
      return this.lendOnce(work, abandoned)
    }
  }

  private async lendOnce<T>(
    work: (connection: Connection) => Promise<T>,
    abandoned: ClientDisconnect | null,
  ): Promise<T> {
    const connection = this.takeIdle() ?? (await this.acquire())
    if (abandoned === null) {
      try {
        return await work(connection)
      } finally {
        this.release(connection)
      }
    }
    if (abandoned.isAbandoned) {
      this.release(connection)
      throw new AbandonedError()
    }
    let cancelling: RepeatedCancel | null = null
    abandoned.onAbandon = () => {
      if (cancelling !== null) return
      this.cancelledCount += 1
      cancelling = new RepeatedCancel(() => connection.cancel())
    }
    try {
      return await work(connection)
    } finally {
      abandoned.onAbandon = null
      if (cancelling !== null && !(await (cancelling as RepeatedCancel).end())) connection.destroy()
      this.release(connection)
    }
  }

  /** Takes a connection back. One that is not as it was lent is closed. */
  release(connection: Connection): void {
    const { isAlive, status, isSpent, streaming } = connection
    if (streaming !== null) {
      if (this.waiting.length > 0) streaming.hurry()
      const isOver = () => {
        connection.streaming = null
        this.release(connection)
      }
      streaming.end.then(isOver, isOver)
      return
    }
    if (connection.resetting !== null && isAlive) {
      connection.resetting.then(
        () => this.release(connection),
        () => this.drop(connection),
      )
      return
    }
    this.noticeFailover(connection)
    const isFit = isAlive && status === 'I' && !isSpent && !this.closed && !this.isOld(connection)
    if (!isFit) {
      this.drop(connection)
      return
    }
    if (connection.residue !== 'none') {
      connection.reset()
      this.release(connection)
      return
    }
    const waiter = this.waiting.next()
    if (waiter === undefined) {
      connection.idleSince = Date.now()
      this.idle.push(connection)
      return
    }
    waiter.resolve(connection)
  }

  /** Where a server took writes and takes none any more, another one does: new connections may lead there. */
  private noticeFailover(connection: Connection): void {
    this.hasWritten ||= connection.hasWritten
    if (!connection.cannotWrite) return
    connection.cannotWrite = false
    if (!this.hasWritten || Date.now() - this.lookedAgainAt < minLookInterval) return
    this.lookedAgainAt = Date.now()
    this.renew()
  }

  /** Connections that are open now are closed after their use: what they have prepared may be out of date. */
  renew(): void {
    this.generation += 1
    for (const connection of this.idle.splice(0)) this.drop(connection)
  }

  async close(): Promise<void> {
    this.closed = true
    clearInterval(this.sweeper)
    this.waiting.close()
    const connections = [...this.all]
    this.all.clear()
    await Promise.allSettled(connections.map((connection) => connection.end()))
  }

  private async open(): Promise<Connection> {
    this.opening += 1
    try {
      const prepare = this.options.prepare() && !this.namesGivenUp
      const connection = await Connection.open(this.connect, { ...this.options, prepare }, (ended) =>
        this.forget(ended),
      )
      this.all.add(connection)
      this.noteReachable(null)
      connection.generation = this.generation
      return connection
    } catch (error) {
      this.noteReachable(error)
      this.openForWaiter() // who waits would wait for a connection that there is none to give back
      throw new ConnectionFailedError(error)
    } finally {
      this.opening -= 1
    }
  }

  /** Tells the first failure of several, and the end of them. */
  private noteReachable(error: unknown): void {
    const isUnreachable = error !== null
    if (isUnreachable !== this.isUnreachable) this.options.onReachable?.(error)
    this.isUnreachable = isUnreachable
  }

  private openForWaiter(): void {
    const waiter = this.closed ? undefined : this.waiting.next()
    if (waiter !== undefined) this.open().then(waiter.resolve, waiter.reject)
  }

  /** Waits for a connection, which those who read their answers slowly are told to give back soon. */
  private wait(): Promise<Connection> {
    for (const { streaming } of this.all) streaming?.hurry()
    return this.waiting.wait()
  }

  private drop(connection: Connection): void {
    this.forget(connection)
    if (connection.isAlive) connection.end().catch(() => connection.destroy())
  }

  private forget(connection: Connection): void {
    if (!this.all.delete(connection)) return
    const index = this.idle.indexOf(connection)
    if (index >= 0) this.idle.splice(index, 1)
    this.openForWaiter()
  }

  private isOld(connection: Connection): boolean {
    return (
      connection.generation !== this.generation ||
      Date.now() - connection.openedAt > this.options.maximumLifetimeMilliseconds
    )
  }

  private sweep(): void {
    const oldest = Date.now() - this.options.maximumIdleMilliseconds
    const stale = this.idle.filter((connection) => connection.idleSince < oldest || this.isOld(connection))
    for (const connection of stale) this.drop(connection)
    for (const connection of this.all) {
      // Where one is dead, those that idle probably are, too.
      void connection.look(this.options.silenceMilliseconds).then((isDead) => {
        if (!isDead) return
        this.deadCount += 1
        this.renew()
      })
    }
  }
}
