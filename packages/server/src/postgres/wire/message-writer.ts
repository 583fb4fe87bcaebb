import type { BoundValue } from '../bound-value.js'

const initialSize = 4_096
/** What has grown beyond it is given away, not copied. */
const maxKeptBytes = 65_536

/**
 * Messages to PostgreSQL ("Message Formats" in its manual), one after another in one buffer, so that they go out in one
 * write.
 */
export class MessageWriter {
  private buffer = Buffer.allocUnsafe(initialSize)
  private end = 0

  /** Types of parameters are left to PostgreSQL. */
  parse(name: string, text: string): void {
    const start = this.begin(0x50 /* P */)
    this.string(name)
    this.string(text)
    this.int16(0)
    this.finish(start)
  }

  /**
   * Strings go as text, buffers as PostgreSQL's binary form; every result is text.
   * @param binaryColumn number of columns, where the last one is to come in binary form
   */
  bind(statement: string, values: readonly BoundValue[], binaryColumn = 0): void {
    const start = this.begin(0x42 /* B */)
    this.string('')
    this.string(statement)
    this.formats(values)
    this.int16(values.length)
    for (const value of values) this.value(value)
    this.int16(binaryColumn)
    for (let column = 1; column <= binaryColumn; column += 1) this.int16(column === binaryColumn ? 1 : 0)
    this.finish(start)
  }

  /** Every row of what was bound last. */
  execute(): void {
    const start = this.begin(0x45 /* E */)
    this.string('')
    this.int32(0)
    this.finish(start)
  }

  /** A simple query: it may hold several statements, and PostgreSQL is ready after it without a Sync. */
  query(text: string): void {
    const start = this.begin(0x51 /* Q */)
    this.string(text)
    this.finish(start)
  }

  closeStatement(name: string): void {
    const start = this.begin(0x43 /* C */)
    this.room(1)
    this.buffer[this.end++] = 0x53 /* S */
    this.string(name)
    this.finish(start)
  }

  sync(): void {
    this.finish(this.begin(0x53 /* S */))
  }

  /** The messages since the last time: theirs alone. */
  take(): Buffer {
    const written = this.buffer.subarray(0, this.end)
    this.end = 0
    if (this.buffer.length <= maxKeptBytes) return Buffer.from(written)
    this.buffer = Buffer.allocUnsafe(initialSize)
    return written
  }

  /** @returns where the message's length goes */
  private begin(type: number): number {
    this.room(5)
    this.buffer[this.end] = type
    this.end += 5
    return this.end - 4
  }

  private finish(start: number): void {
    this.buffer.writeInt32BE(this.end - start, start)
  }

  private formats(values: readonly BoundValue[]): void {
    if (values.every((value) => typeof value === 'string')) {
      this.int16(0)
      return
    }
    this.int16(values.length)
    for (const value of values) this.int16(typeof value === 'string' ? 0 : 1)
  }

  private value(value: BoundValue): void {
    if (typeof value !== 'string') {
      this.int32(value.length)
      this.room(value.length)
      this.end += value.copy(this.buffer, this.end)
      return
    }
    this.room(4 + 3 * value.length)
    const length = this.buffer.write(value, this.end + 4)
    this.buffer.writeInt32BE(length, this.end)
    this.end += 4 + length
  }

  /** Ends with NUL, so it must have none. */
  private string(text: string): void {
    this.room(3 * text.length + 1)
    this.end += this.buffer.write(text, this.end)
    this.buffer[this.end++] = 0
  }

  private int16(value: number): void {
    this.room(2)
    this.end = this.buffer.writeInt16BE(value, this.end)
  }

  private int32(value: number): void {
    this.room(4)
    this.end = this.buffer.writeInt32BE(value, this.end)
  }

  private room(bytes: number): void {
    if (this.end + bytes <= this.buffer.length) return
    const larger = Buffer.allocUnsafe(Math.max(2 * this.buffer.length, this.end + bytes))
    this.buffer.copy(larger, 0, 0, this.end)
    this.buffer = larger
  }
}
