import pg from 'pg'
import type { BoundValue } from '../compile/bind.js'
import { ConnectionLostError, DatabaseError, isAboutPreparation } from './errors.js'

/** One statement of a batch. */
export interface Step {
  readonly text: string
  readonly values: readonly BoundValue[]
}

/** A row's columns as PostgreSQL's text. */
export type Row = readonly (string | null)[]

/** The rows of each step of a batch. */
export type BatchRows = readonly (readonly Row[])[]

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

interface CancelTarget {
  readonly processID: number
  readonly secretKey: number
  readonly host: string
  readonly port: number
  readonly ssl: unknown
}

interface Canceller {
  readonly stream: { destroy(): void }
  connect(portOrPath: number | string, host?: string): void
  requestSsl(): void
  cancel(processId: number, secretKey: number): void
  on(event: 'connect' | 'sslconnect' | 'end' | 'error', listener: () => void): void
}

/** idle, in a transaction, in a failed transaction */
export type TransactionStatus = 'I' | 'T' | 'E'

export interface ConnectionOptions {
  /** keep statements prepared under names, so that they are parsed once */
  readonly prepare: boolean
  /** how many of them at most */
  readonly maximumPrepared: number
}

/** Milliseconds that PostgreSQL has to take a request to cancel. */
const longestCancel = 5_000

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

  /**
   * Asks PostgreSQL to stop what it runs here. Resolves to true when it has taken the request, to false when it could
   * not be asked, and then nobody knows whether it will be.
   * (Protocol, "Canceling Requests in Progress": a connection of its own, which the server closes.)
   */
  cancel(): Promise<boolean> {
    const { processID, secretKey, host, port, ssl } = this.client as unknown as CancelTarget
    const canceller = new pg.Connection({ ssl } as never) as unknown as Canceller
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        canceller.stream.destroy()
        resolve(false)
      }, longestCancel)
      const done = (asked: boolean) => {
        clearTimeout(timer)
        resolve(asked)
      }
      canceller.on('error', () => done(false))
      canceller.on('end', () => done(true))
      canceller.on('connect', () => (ssl ? canceller.requestSsl() : canceller.cancel(processID, secretKey)))
      canceller.on('sslconnect', () => canceller.cancel(processID, secretKey))
      if (host.startsWith('/')) canceller.connect(`${host}/.s.PGSQL.${port}`)
      else canceller.connect(port, host)
    })
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
    for (const { text, values } of batch.steps) {
      const name = this.options.prepare ? this.nameOf(text, batch) : ''
      if (name === '') protocol.parse({ name, text })
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
    if (this.prepared.size > this.options.maximumPrepared) this.evict()
    return name
  }

  private evict(): void {
    const [oldest] = this.prepared
    if (oldest === undefined) return
    const [text, name] = oldest
    this.prepared.delete(text)
    this.protocol.close({ type: 'S', name })
  }

  private ready(status: TransactionStatus): void {
    this.status = status
    const batch = this.take()
    if (batch === null) return
    // What failed to be parsed, or was skipped after an error, is not there.
    for (const text of batch.parsing.slice(batch.parsed)) this.prepared.delete(text)
    if (batch.error instanceof DatabaseError && isAboutPreparation(batch.error)) this.isConfused = true
    batch.settle()
  }

  private take(): Batch | null {
    const { batch } = this
    this.batch = null
    return batch
  }
}

/** A batch on its way, as pg wants its queries (`Submittable`). */
class Batch {
  /** texts sent to be prepared, in order */
  readonly parsing: string[] = []
  parsed = 0
  private readonly rows: Row[][] = []
  private current: Row[] = []
  error: Error | null = null

  constructor(
    readonly steps: readonly Step[],
    private readonly send: () => void,
    private readonly resolve: (rows: BatchRows) => void,
    private readonly reject: (error: Error) => void,
  ) {}

  submit(): void {
    this.send()
  }

  parseComplete(): void {
    this.parsed += 1
  }

  handleRowDescription(): void {}

  handleDataRow({ fields }: { fields: Row }): void {
    this.current.push(fields)
  }

  handleCommandComplete(): void {
    this.rows.push(this.current)
    this.current = []
  }

  handleEmptyQuery(): void {
    this.handleCommandComplete()
  }

  handlePortalSuspended(): void {}

  handleCopyInResponse(): void {}

  handleCopyData(): void {}

  handleError(error: Error): void {
    this.error ??= error instanceof pg.DatabaseError ? new DatabaseError(error) : new ConnectionLostError(error)
  }

  /** pg has its own idea of when a query is done: the connection's counts. */
  handleReadyForQuery(): void {}

  settle(): void {
    if (this.error === null) this.resolve(this.rows)
    else this.reject(this.error)
  }

  fail(error: Error): void {
    this.reject(this.error ?? error)
  }
}
