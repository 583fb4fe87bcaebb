import pg from 'pg'
import type { BoundValue } from '../compile/bind.js'
import { Batch, type BatchRows, type Step } from './batch.js'
import { cancelWorkOf } from './cancel.js'
import { ConnectionLostError, DatabaseError, isAboutPreparation } from './errors.js'

/** The part of pg's connection that speaks the protocol, which its types leave out. */
interface Protocol {
  readonly stream: { cork(): void; uncork(): void; destroy(): void }
  parse(statement: { name: string; text: string }): void
  bind(portal: { statement: string; values: readonly BoundValue[]; valueMapper: (value: unknown) => unknown }): void
  execute(portal: object): void
  close(target: { type: 'S'; name: string }): void
  sync(): void
  on(event: 'parseComplete', listener: () => void): void
  on(event: 'readyForQuery', listener: (message: { status: TransactionStatus }) => void): void
}

/** idle, in a transaction, in a failed transaction */
export type TransactionStatus = 'I' | 'T' | 'E'

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
const longestPrepared = 10_000
const mostPrepared = 500_000

/** What a session keeps beyond its transactions; roles and settings of requests are set by each anyway. */
const forgetting: readonly Step[] = [
  'RESET ALL',
  'SELECT pg_advisory_unlock_all()',
  'CLOSE ALL',
  'UNLISTEN *',
  'DISCARD TEMP',
].map((text) => ({ text, values: [] }))

const asIs = (value: unknown) => value

/**
 * A connection that runs batches: statements that go to PostgreSQL in one write and end in one Sync, so that they are
 * one implicit transaction and one round trip.
 */
export class Connection {
  /** names of prepared statements by text, least recently used first */
  private readonly prepared = new Map<string, string>()
  private readonly protocol: Protocol
  /** names of statements to close; first in the next batch, where no error can have them skipped */
  private readonly evicted: string[] = []
  private preparedLength = 0
  private batch: Batch | null = null
  private names = 0
  private alive = true
  status: TransactionStatus = 'I'
  /** something ran here that may have left settings, locks or temporary tables to the session */
  mayHaveTraces = false
  /** what is prepared here is not what it should be */
  isConfused = false
  readonly openedAt = Date.now()

  private constructor(
    readonly client: pg.Client,
    private readonly options: ConnectionOptions,
    onEnd: (connection: Connection) => void,
  ) {
    this.protocol = (client as unknown as { connection: Protocol }).connection
    this.protocol.on('parseComplete', () => this.batch?.parseComplete())
    this.protocol.on('readyForQuery', ({ status }) => this.ready(status))
    const end = (error?: Error) => {
      if (!this.alive) return
      this.alive = false
      onEnd(this)
      this.take()?.fail(new ConnectionLostError(error))
    }
    client.on('error', end)
    client.on('end', () => end())
  }

  /** @throws Error of the network or of PostgreSQL when it cannot be opened */
  static async open(
    config: pg.ClientConfig,
    options: ConnectionOptions,
    onEnd: (connection: Connection) => void,
  ): Promise<Connection> {
    const client = new pg.Client(config)
    client.on('error', () => {}) // a failed start rejects below
    await client.connect()
    return new Connection(client, options, onEnd)
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
   * @throws DatabaseError what PostgreSQL answered; the steps after it were skipped
   * @throws ConnectionLostError
   */
  run(steps: readonly Step[]): Promise<BatchRows> {
    return new Promise((resolve, reject) => {
      if (!this.alive) {
        reject(new ConnectionLostError())
        return
      }
      const batch = new Batch(steps, () => this.send(batch), resolve, reject)
      this.batch = batch
      this.client.query(batch)
    })
  }

  /** Takes back what the session would keep: as `DISCARD ALL`, but for sequences and for what is prepared. */
  async forget(): Promise<void> {
    await this.run(forgetting)
    this.mayHaveTraces = false
  }

  destroy(): void {
    this.protocol.stream.destroy()
  }

  async end(): Promise<void> {
    this.alive = false
    await this.client.end()
  }

  private send(batch: Batch): void {
    const { protocol } = this
    protocol.stream.cork()
    for (const name of this.evicted.splice(0)) protocol.close({ type: 'S', name })
    for (const { text, values } of batch.steps) {
      const name = this.options.prepare && text.length <= longestPrepared ? this.nameOf(text, batch) : ''
      if (name === '') {
        protocol.parse({ name, text })
        batch.parsing.push(text)
      }
      protocol.bind({ statement: name, values, valueMapper: asIs })
      protocol.execute({})
    }
    protocol.sync()
    protocol.stream.uncork()
  }

  /** The name of a prepared statement, which is sent to be prepared when it is new. */
  private nameOf(text: string, batch: Batch): string {
    const known = this.prepared.get(text)
    if (known !== undefined) {
      this.prepared.delete(text)
      this.prepared.set(text, known)
      return known
    }
    this.names += 1
    const name = `rolecast_${this.names}`
    this.protocol.parse({ name, text })
    batch.parsing.push(text)
    this.prepared.set(text, name)
    this.preparedLength += text.length
    while (this.prepared.size > this.options.maximumPrepared || this.preparedLength > mostPrepared) this.evict()
    return name
  }

  private evict(): void {
    const [oldest] = this.prepared
    if (oldest === undefined) return
    const [text, name] = oldest
    this.drop(text)
    this.evicted.push(name)
  }

  private drop(text: string): void {
    if (this.prepared.delete(text)) this.preparedLength -= text.length
  }

  private ready(status: TransactionStatus): void {
    this.status = status
    const batch = this.take()
    if (batch === null) return
    // What failed to be parsed, or was skipped after an error, is not there.
    for (const text of batch.parsing.slice(batch.parsed)) this.drop(text)
    if (batch.error instanceof DatabaseError && isAboutPreparation(batch.error)) this.isConfused = true
    batch.settle()
  }

  private take(): Batch | null {
    const { batch } = this
    this.batch = null
    return batch
  }
}
