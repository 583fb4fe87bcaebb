import type { PartTaker } from './data-row.js'

export interface MessageHandler {
  /** Takes the content of one message, from `start` to `end`; `type` is the code of its letter. */
  message(type: number, buffer: Buffer, start: number, end: number): void
  /**
   * Sees the beginning of a message that is not there as a whole.
   * @returns who takes what follows it; null: the message is held until it is whole. It may be asked again with more.
   */
  begin(type: number, buffer: Buffer, start: number, end: number): PartTaker | null
}

const headLength = 5
/** Bytes of a beginning within which somebody must want to have the rest in parts. */
const longestBeginning = 65_536
const nothing = Buffer.alloc(0)

/** Finds the messages of PostgreSQL in what comes from its socket, whole ones and parts without a copy of them. */
export class MessageReader {
  /** the beginning of a message whose rest has not come yet */
  private held = nothing
  private filled = 0
  /** of a message that is passed on in parts */
  private taker: PartTaker | null = null
  private missing = 0

  constructor(private readonly handler: MessageHandler) {}

  /** @throws Error for what cannot be messages */
  read(chunk: Buffer): void {
    let offset = 0
    while (offset < chunk.length) {
      if (this.taker !== null) offset = this.passOn(this.taker, chunk, offset)
      else if (this.filled > 0) offset = this.fill(chunk, offset)
      else offset = this.next(chunk, offset)
    }
  }

  /** A message that begins at `offset`. */
  private next(chunk: Buffer, offset: number): number {
    const present = chunk.length - offset
    const size = present < headLength ? headLength : sizeOf(chunk, offset)
    if (present >= headLength && present >= size) {
      this.handler.message(chunk[offset] ?? 0, chunk, offset + headLength, offset + size)
      return offset + size
    }
    if (present >= headLength && this.begins(chunk, offset, chunk.length)) return chunk.length
    this.held = Buffer.allocUnsafeSlow(Math.max(present, Math.min(size, longestBeginning)))
    this.filled = chunk.copy(this.held, 0, offset)
    return chunk.length
  }

  /** More of the message that is held. */
  private fill(chunk: Buffer, offset: number): number {
    const size = this.filled < headLength ? headLength : sizeOf(this.held, 0)
    const wanted = this.filled < longestBeginning ? Math.min(size, longestBeginning) : size
    if (this.held.length < wanted) this.grow(wanted)
    const copied = chunk.copy(this.held, this.filled, offset, offset + wanted - this.filled)
    this.filled += copied
    if (this.filled < headLength) return offset + copied
    const { held, filled } = this
    if (filled === sizeOf(held, 0)) {
      this.forget()
      this.handler.message(held[0] ?? 0, held, headLength, filled)
    } else if (filled <= longestBeginning && this.begins(held, 0, filled)) this.forget()
    return offset + copied
  }

  private passOn(taker: PartTaker, chunk: Buffer, offset: number): number {
    const end = Math.min(chunk.length, offset + this.missing)
    this.missing -= end - offset
    const isLast = this.missing === 0
    if (isLast) this.taker = null
    taker.part(chunk.subarray(offset, end))
    if (isLast) taker.end()
    return end
  }

  /** Whether somebody takes the rest of the message that begins at `offset`, in parts. */
  private begins(buffer: Buffer, offset: number, end: number): boolean {
    this.taker = this.handler.begin(buffer[offset] ?? 0, buffer, offset + headLength, end)
    this.missing = sizeOf(buffer, offset) - (end - offset)
    return this.taker !== null
  }

  private forget(): void {
    this.held = nothing
    this.filled = 0
  }

  private grow(size: number): void {
    const larger = Buffer.allocUnsafeSlow(size)
    this.held.copy(larger, 0, 0, this.filled)
    this.held = larger
  }
}

/** Of the whole message that begins at `offset`: its length counts itself, but not its type. */
function sizeOf(buffer: Buffer, offset: number): number {
  const length = buffer.readInt32BE(offset + 1)
  if (length < 4) throw new Error('What the database sends is not its protocol.')
  return length + 1
}
