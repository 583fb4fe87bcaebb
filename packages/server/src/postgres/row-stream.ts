import { Readable } from 'node:stream'
import { RepeatedCancel } from './cancel.js'

/** What a stream of rows needs of the connection that they come from. */
export interface RowSource {
  pauseReading(): void
  resumeReading(): void
  /** see `cancelWorkOf` */
  cancel(): Promise<boolean>
  destroy(): void
}

/** Bytes that are taken from PostgreSQL ahead of the reader. */
const ahead = 262_144
const smallest = 16_384
const newline = 0x0a

/**
 * The rows of a statement as lines, on their way from PostgreSQL to a reader: PostgreSQL waits for one that is slower. A
 * row's first column is its line; a second one that is not null is a line before it. When the reader leaves, the statement is
 * cancelled.
 */
export class RowStream extends Readable {
  private lines = Buffer.alloc(0)
  private filled = 0
  private isWhole = false
  private cancelling: RepeatedCancel | null = null
  private onFirst: (() => void) | null

  /** @param onFirst is called when there is something to read */
  constructor(
    private readonly source: RowSource,
    onFirst: () => void,
  ) {
    super({ highWaterMark: ahead })
    this.onFirst = onFirst
    this.on('error', () => {}) // who reads sees it; nobody may read yet
  }

  /** Whether a reader was told of it. */
  get hasBegun(): boolean {
    return this.onFirst === null
  }

  row(buffer: Buffer, start: number): void {
    if (this.destroyed) return
    const first = start + 6
    const length = Math.max(0, buffer.readInt32BE(start + 2))
    const second = first + length
    if (buffer.readInt16BE(start) > 1) this.line(buffer, second + 4, buffer.readInt32BE(second))
    this.line(buffer, first, length)
  }

  /** What has come so far can be read. */
  flush(): void {
    if (this.filled === 0 || this.destroyed) return
    const lines = this.lines.subarray(0, this.filled)
    this.lines = this.lines.subarray(this.filled)
    this.filled = 0
    const isTaken = this.push(lines)
    this.begin()
    if (!isTaken && !this.isWhole) this.source.pauseReading()
  }

  /** All rows have come, and their transaction has ended. */
  end(): void {
    this.isWhole = true
    if (!this.destroyed) this.push(null)
    this.begin()
  }

  /** There will be no more, though these were not all. */
  fail(error: Error): void {
    this.isWhole = true
    this.destroy(this.hasBegun ? error : undefined)
  }

  /** Until nothing can hit what runs on the connection next; it is ended where that is not known. */
  async settled(): Promise<void> {
    this.isWhole = true
    if (this.cancelling !== null && !(await this.cancelling.end())) this.source.destroy()
  }

  override _read(): void {
    if (!this.isWhole) this.source.resumeReading()
  }

  override _destroy(error: Error | null, callback: (error: Error | null) => void): void {
    if (!this.isWhole) {
      this.cancelling = new RepeatedCancel(() => this.source.cancel())
      this.source.resumeReading() // what comes until then is dropped
    }
    callback(error)
  }

  private begin(): void {
    const tell = this.onFirst
    this.onFirst = null
    tell?.()
  }

  private line(buffer: Buffer, start: number, length: number): void {
    if (length < 0) return
    const needed = this.filled + length + 1
    if (needed > this.lines.length) {
      const larger = Buffer.allocUnsafe(Math.max(smallest, 2 * needed))
      this.lines.copy(larger, 0, 0, this.filled)
      this.lines = larger
    }
    buffer.copy(this.lines, this.filled, start, start + length)
    this.lines[needed - 1] = newline
    this.filled = needed
  }
}
