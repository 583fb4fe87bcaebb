import { Readable } from 'node:stream'
import type { StreamMemory } from './stream-memory.js'
import type { PartTaker } from './wire/data-row.js'

/** What a stream needs of the connection that its bytes come from. */
export interface StreamSource {
  /** takes nothing more from PostgreSQL until `resumeReading`, so that it stops sending */
  pauseReading(): void
  resumeReading(): void
  /** ends the connection, which is cheaper than to read what nobody wants */
  destroy(): void
}

export interface StreamBounds {
  /** how long a reader that is slower than PostgreSQL may hold the connection */
  readonly holdMilliseconds: number
  /** bytes that slow readers have yet to take, of all streams */
  readonly memory: StreamMemory
}

/** Bytes that are taken from PostgreSQL ahead of the reader: what is shorter never holds its connection. */
const ahead = 1_048_576
/** What nobody wants is read up to this many bytes; where there is more, the connection is ended. */
const mostDiscarded = 8_388_608

/** The reader was too slow, and there was no room to keep what it had not taken. */
export class SlowReaderError extends Error {
  override readonly name = 'SlowReaderError'

  constructor() {
    super('The client reads its response too slowly, and there is no room to keep the rest of it.')
  }
}

/**
 * One long value on its way from PostgreSQL to a reader. Where the reader is slower, PostgreSQL waits: for a while, or until
 * somebody else needs the connection. Then the rest is read into memory, where there is room; otherwise the stream fails.
 */
export class BodyStream extends Readable implements PartTaker {
  private missing: number
  private holding: NodeJS.Timeout | null = null
  /** bytes of the common memory; null: PostgreSQL waits for the reader */
  private kept: number | null = null

  /** @param length bytes of the value */
  constructor(
    readonly length: number,
    private readonly source: StreamSource,
    private readonly bounds: StreamBounds,
  ) {
    super({ highWaterMark: ahead })
    this.missing = length
    this.on('error', () => {}) // who reads sees it; nobody may read yet
  }

  part(bytes: Buffer): void {
    this.missing -= bytes.length
    if (this.destroyed || this.push(bytes) || this.kept !== null || this.missing === 0) return
    this.source.pauseReading()
    this.holding ??= setTimeout(() => this.hurry(), this.bounds.holdMilliseconds)
  }

  end(): void {
    this.stopHolding()
    if (!this.destroyed) this.push(null)
  }

  /** The connection is needed: PostgreSQL waits for the reader no longer. */
  hurry(): void {
    this.stopHolding()
    if (this.kept !== null || this.missing === 0 || this.destroyed) return
    const wanted = this.missing + this.readableLength
    if (!this.bounds.memory.take(wanted)) {
      this.destroy(new SlowReaderError())
      return
    }
    this.kept = wanted
    this.source.resumeReading()
  }

  /** The value will not come to its end. */
  fail(error: Error): void {
    this.stopHolding()
    if (this.missing > 0) this.destroy(error)
  }

  override _read(): void {
    if (this.missing > 0) this.source.resumeReading()
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    this.stopHolding()
    if (this.kept !== null) this.bounds.memory.give(this.kept)
    this.kept = null
    if (this.missing > mostDiscarded) this.source.destroy()
    else if (this.missing > 0) this.source.resumeReading()
    callback(error)
  }

  private stopHolding(): void {
    if (this.holding !== null) clearTimeout(this.holding)
    this.holding = null
  }
}
