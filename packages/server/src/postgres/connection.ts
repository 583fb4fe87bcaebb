import { randomBytes } from 'node:crypto'
import type { Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { cancelWorkOf, DeadConnectionError, isStillServed, socketOf } from '@rolecast/connect'
import type pg from 'pg'
import { Batch, type BatchRows, type Step } from './batch.js'
import { RepeatedCancel } from './cancel.js'
import { ConnectionLostError, DatabaseError, isAboutPreparation, preparedPrefix } from './errors.js'
import { PreparedStatements } from './prepared-statements.js'
import { foundForeignStatement, type SessionReset, sessionReset } from './session-reset.js'
import type { SessionResidue } from './session-residue.js'
import { readErrorFields } from './wire/error-fields.js'
import { MessageReader } from './wire/message-reader.js'
import { messageTypes } from './wire/message-types.js'
import { MessageWriter } from './wire/message-writer.js'

/** idle, in a transaction, in a failed transaction */
export type TransactionStatus = 'I' | 'T' | 'E'

/** The rest of some work, whose result is known already. */
export interface Streaming {
  /** settles when the connection can be used again */
  readonly end: Promise<unknown>
  /** the connection is needed */
  hurry(): void
}

export interface ConnectionOptions {
  /** keep statements prepared under names, so that they are parsed once */
  readonly prepare: boolean
  /** how many of them at most */
  readonly maximumPrepared: number
}

/**
 * PostgreSQL keeps the plan of each, which is some hundred times as long as its text: what a session holds is bounded
 * by the sum of their characters, and what is as long as only strange requests are is not kept.
 */
const maxPreparedLength = 10_000
const maxPreparedTotal = 500_000

/** Milliseconds that a statement has to end when the connection is closed. */
const maxStop = 1_000

/**
 * A connection that runs batches: statements that go to PostgreSQL in one write and end in one Sync, so that they are
 * one implicit transaction and one round trip. pg opens it and ends it; in between it speaks for itself.
 */
export class Connection {
  private readonly prepared = new PreparedStatements()
  private readonly socket: Socket
  private readonly writer = new MessageWriter()
  /** names of statements to close; first in the next batch, where no error can have them skipped */
  private readonly evicted: string[] = []
  private batch: Batch | null = null
  /** sent behind the batch already */
  private next: Batch | null = null
  /**
   * Begins the names that are given here, as no other connection's do: behind a pooler sessions change hands, and a
   * name must then be unknown rather than another's statement.
   */
  private readonly namespace = `${preparedPrefix}${randomBytes(6).toString('base64url')}_`
  private names = 0
  private alive = true
  status: TransactionStatus = 'I'
  /** what may be left in the session, and is still to be removed */
  residue: SessionResidue = 'none'
  /** under way, while somebody reads a long value of it already; null: none */
  streaming: Streaming | null = null
  /** under way; null: no reset is */
  resetting: Promise<void> | null = null
  /** must be closed: what is prepared here is not what it should be, or no command resets the session */
  isSpent = false
  /** a write has succeeded here; one has failed since the server takes none */
  hasWritten = false
  cannotWrite = false
  /** for `look`: what it saw the last time, and since when that is so */
  private seenBatch: Batch | null = null
  private seenBytes = 0
  private silentSince = 0
  private isAsking = false
  readonly openedAt = Date.now()
  /** of the pool's: when it came back, and which of the pool's generations it is of */
  idleSince = 0
  generation = 0

  private constructor(
    readonly client: pg.Client,
    private readonly options: ConnectionOptions,
    private readonly onEnd: (connection: Connection) => void,
  ) {
    client.on('error', (error) => this.lose(error))
    client.on('end', () => this.lose())
    this.socket = socketOf(client)
    const reader = new MessageReader({
      message: (type, buffer, start, stop) => {
        if (type === messageTypes.errorResponse && this.batch === null) {
          this.lose(new DatabaseError(readErrorFields(buffer, start, stop))) // the server says goodbye
        } else this.receive(type, buffer, start, stop)
      },
      begin: (type, buffer, start, stop) =>
        type === messageTypes.dataRow ? (this.batch?.dataRowBegins(buffer, start, stop) ?? null) : null,
    })
    this.socket.removeAllListeners('data')
    this.socket.on('data', (chunk: Buffer) => {
      try {
        reader.read(chunk)
        this.batch?.flush()
      } catch (error) {
        this.socket.destroy(error instanceof Error ? error : undefined)
      }
    })
  }

  /** @throws Error of the network or of PostgreSQL when it cannot be opened */
  static async open(
    connect: () => Promise<pg.Client>,
    options: ConnectionOptions,
    onEnd: (connection: Connection) => void,
  ): Promise<Connection> {
    return new Connection(await connect(), options, onEnd)
  }

  get isAlive(): boolean {
    return this.alive
  }

  /** Asks PostgreSQL to stop what it runs here: see `cancelWorkOf`. */
  cancel(): Promise<boolean> {
    return cancelWorkOf(this.client)
  }

  /**
   * Runs the steps; resolves when PostgreSQL is ready again, which is after the commit of an implicit transaction.
   *
   * @param residue what they may leave in the session; the reset goes out in the same write
   * @throws DatabaseError what PostgreSQL answered; the steps after it were skipped
   * @throws ConnectionLostError
   */
  run(steps: readonly Step[], residue: SessionResidue = 'none'): Promise<BatchRows> {
    if (residue === 'none') return this.send(steps)
    this.residue = residue
    const reset = sessionReset(residue, this.prepared.size + steps.length)
    return reset.form === 'within' ? this.runWithReset(steps, reset) : this.send(steps, () => this.addReset(reset))
  }

  /** @param addMore what goes out in the same write */
  private send(steps: readonly Step[], addMore: () => void = () => {}): Promise<BatchRows> {
    return new Promise((resolve, reject) => {
      if (!this.alive) {
        reject(new ConnectionLostError())
        return
      }
      if (this.batch !== null) {
        reject(new Error('The connection is in use.'))
        return
      }
      this.batch = new Batch(steps, resolve, reject)
      this.add(this.batch)
      addMore()
      this.socket.write(this.writer.take())
    })
  }

  /** If the reset fails or is skipped, it is still to be done at release; the rows are returned all the same. */
  private runWithReset(steps: readonly Step[], reset: SessionReset): Promise<BatchRows> {
    return this.send([...steps, ...reset.steps]).then(
      (rows) => {
        this.residue = 'none'
        return rows
      },
      (error: unknown) => {
        if (error instanceof DatabaseError && error.completed.length >= steps.length) return error.completed
        throw error
      },
    )
  }

  /** Removes what the session holds beyond a new one's, but for the statements that the server has prepared. */
  reset(): Promise<void> {
    const done = this.addReset(sessionReset(this.residue, this.prepared.size))
    this.socket.write(this.writer.take())
    return done
  }

  private addReset(reset: SessionReset): Promise<void> {
    if (this.residue === 'session') this.isSpent = true
    this.residue = 'none'
    const done = new Promise<BatchRows>((resolve, reject) => {
      const batch = new Batch(reset.steps, resolve, reject)
      if (this.batch === null) this.batch = batch
      else this.next = batch
      if (reset.form === 'query') this.writer.query(reset.steps.map(({ text }) => text).join(';'))
      else this.add(batch)
      if (reset.dropsStatements) this.prepared.clear()
    }).then((rows) => {
      this.resetting = null
      this.isSpent ||= foundForeignStatement(reset, rows)
    })
    done.catch(() => {}) // the pool hears of it when it takes the connection back
    this.resetting = done
    return done
  }

  destroy(): void {
    this.socket.destroy()
  }

  pauseReading(): void {
    this.socket.pause()
  }

  resumeReading(): void {
    this.socket.resume()
  }

  /**
   * Called now and then. Where nothing has come back for a while, it asks whether the server still works for this
   * connection, and ends it if not: the system itself notices that only after a quarter of an hour.
   * @returns whether it was found to be dead
   */
  async look(silenceMilliseconds: number): Promise<boolean> {
    const { batch, socket } = this
    const { bytesRead } = socket
    if (batch === null || socket.isPaused() || batch !== this.seenBatch || bytesRead !== this.seenBytes) {
      this.seenBatch = batch
      this.seenBytes = bytesRead
      this.silentSince = Date.now()
      return false
    }
    if (this.isAsking || Date.now() - this.silentSince < silenceMilliseconds) return false
    this.isAsking = true
    const isServed = await isStillServed(this.client)
    this.isAsking = false
    this.silentSince = Date.now()
    if (isServed || this.batch !== batch || socket.bytesRead !== bytesRead) return false
    socket.destroy(new DeadConnectionError())
    return true
  }

  /** Work under way is cancelled. */
  async end(): Promise<void> {
    if (this.batch !== null) {
      await this.stop()
      this.destroy()
    }
    this.lose()
    await this.client.end()
  }

  /** Cancels what is under way, and waits a little until it has ended. */
  private async stop(): Promise<void> {
    const cancelling = new RepeatedCancel(() => this.cancel())
    const end = Date.now() + maxStop
    while (this.batch !== null && Date.now() < end) await delay(10)
    await cancelling.end()
  }

  private add(batch: Batch): void {
    const { writer } = this
    for (let name = this.evicted.pop(); name !== undefined; name = this.evicted.pop()) writer.closeStatement(name)
    for (const step of batch.steps) {
      const { text, values, isUnnamed = false, binaryColumn } = step
      const isNamed = this.options.prepare && !isUnnamed && text.length <= maxPreparedLength
      const name = isNamed ? this.nameOf(step, batch) : ''
      if (name === '') {
        writer.parse(name, text)
        batch.parsing.push(null)
      }
      writer.bind(name, values, binaryColumn)
      writer.execute()
    }
    writer.sync()
  }

  /** The name of a prepared statement, which is sent to be prepared when it is new. */
  private nameOf({ text, role = '' }: Step, batch: Batch): string {
    const { prepared } = this
    const known = prepared.find(role, text)
    if (known !== undefined) return known.name
    this.names += 1
    const name = `${this.namespace}${this.names}`
    this.writer.parse(name, text)
    batch.parsing.push(prepared.add(name, role, text))
    while (prepared.size > this.options.maximumPrepared || prepared.length > maxPreparedTotal) this.evict()
    return name
  }

  private evict(): void {
    const oldest = this.prepared.leastRecentlyUsed()
    if (oldest === null) return
    this.prepared.delete(oldest)
    this.evicted.push(oldest.name)
  }

  private receive(type: number, buffer: Buffer, start: number, end: number): void {
    switch (type) {
      case messageTypes.dataRow:
        this.batch?.dataRow(buffer, start)
        break
      case messageTypes.commandComplete:
      case messageTypes.emptyQueryResponse:
        this.batch?.endStep()
        break
      case messageTypes.parseComplete:
        if (this.batch !== null) this.batch.parsed += 1
        break
      case messageTypes.errorResponse:
        this.batch?.errorResponse(buffer, start, end)
        break
      case messageTypes.readyForQuery:
        this.ready(String.fromCharCode(buffer[start] ?? 0) as TransactionStatus)
    }
  }

  private ready(status: TransactionStatus): void {
    this.status = status
    const batch = this.take()
    if (batch === null) return
    // What failed to be parsed, or was skipped after an error, is not there.
    for (const prepared of batch.parsing.slice(batch.parsed)) if (prepared !== null) this.prepared.delete(prepared)
    if (batch.error instanceof DatabaseError && isAboutPreparation(batch.error)) this.isSpent = true
    batch.settle()
  }

  private lose(error?: Error): void {
    if (!this.alive) return
    this.alive = false
    this.onEnd(this)
    for (let batch = this.take(); batch !== null; batch = this.take()) {
      batch.fail(new ConnectionLostError(error))
      batch.settle()
    }
  }

  private take(): Batch | null {
    const { batch } = this
    this.batch = this.next
    this.next = null
    return batch
  }
}
