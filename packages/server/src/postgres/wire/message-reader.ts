/** Takes the content of one message, from `start` to `end`; `type` is the code of its letter. */
export type MessageHandler = (type: number, buffer: Buffer, start: number, end: number) => void

const headLength = 5
const nothing = Buffer.alloc(0)

/** Finds the messages of PostgreSQL in what comes from its socket, whole ones without a copy of them. */
export class MessageReader {
  /** the beginning of a message whose rest has not come yet */
  private held = nothing
  private filled = 0

  constructor(private readonly handle: MessageHandler) {}

  /** @throws Error for what cannot be messages */
  read(chunk: Buffer): void {
    let offset = 0
    while (this.filled > 0 && offset < chunk.length) {
      if (this.filled >= headLength && this.held.length < sizeOf(this.held, 0)) this.grow(sizeOf(this.held, 0))
      const wanted = this.filled < headLength ? headLength : this.held.length
      const copied = chunk.copy(this.held, this.filled, offset, offset + wanted - this.filled)
      this.filled += copied
      offset += copied
      if (this.filled >= headLength && this.filled === sizeOf(this.held, 0)) {
        const message = this.held
        this.held = nothing
        this.filled = 0
        this.handle(message[0] ?? 0, message, headLength, sizeOf(message, 0))
      }
    }
    while (chunk.length - offset >= headLength) {
      const size = sizeOf(chunk, offset)
      if (chunk.length - offset < size) break
      this.handle(chunk[offset] ?? 0, chunk, offset + headLength, offset + size)
      offset += size
    }
    if (offset < chunk.length) this.hold(chunk, offset)
  }

  private hold(chunk: Buffer, offset: number): void {
    const length = chunk.length - offset
    this.held = Buffer.allocUnsafeSlow(length < headLength ? headLength : sizeOf(chunk, offset))
    this.filled = chunk.copy(this.held, 0, offset)
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
