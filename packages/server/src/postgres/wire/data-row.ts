/** A row's columns as PostgreSQL's text. */
export type Row = readonly (string | null)[]

/** Takes the parts of a message as they come. */
export interface PartTaker {
  part(bytes: Buffer): void
  /** there are no more */
  end(): void
}

/** Where the last column of a row goes as the bytes it came in, in place of the row's text. */
export interface BodySink {
  /** it is no text, so it goes there however short it is */
  readonly isBinary: boolean
  bytes: Buffer | null
  /**
   * Hears of a row whose last column is still on its way.
   * @param row has null there
   * @param length bytes of that column
   * @param completed rows of the steps before
   * @returns who takes that column; null: it is held until it is there as a whole
   */
  readonly begin?: (row: Row, length: number, completed: readonly (readonly Row[])[]) => PartTaker | null
}

/** Where the rows of a step go as they come, in place of its result. */
export interface RowSink {
  row(buffer: Buffer, start: number): void
  /**
   * Some have come, or the last one.
   * @param completed rows of the steps before
   */
  flush(completed: readonly (readonly Row[])[]): void
}

/** Bytes from which on it is worth not to make a string of them. */
const long = 16_384

/**
 * The columns of a DataRow.
 * @param bodySink takes the last column if it is long; the row then has null there
 */
export function readDataRow(buffer: Buffer, start: number, bodySink: BodySink | null): Row {
  const columns: (string | null)[] = []
  const count = buffer.readInt16BE(start)
  let at = start + 2
  if (bodySink !== null) bodySink.bytes = null
  for (let index = 0; index < count; index += 1) {
    const length = buffer.readInt32BE(at)
    at += 4
    if (length < 0) {
      columns.push(null)
      continue
    }
    if (index === count - 1 && bodySink !== null && (bodySink.isBinary || length >= long)) {
      bodySink.bytes = buffer.subarray(at, at + length)
      columns.push(null)
    } else columns.push(buffer.toString('utf8', at, at + length))
    at += length
  }
  return columns
}

/** A DataRow but for its last column, of which `length` bytes begin at `at`. */
export interface RowHead {
  readonly row: Row
  readonly length: number
  readonly at: number
}

/** Null where more than the last column is missing between `start` and `end`, or where that is NULL. */
export function readRowHead(buffer: Buffer, start: number, end: number): RowHead | null {
  if (end - start < 2) return null
  const columns: (string | null)[] = []
  const last = buffer.readInt16BE(start) - 1
  let at = start + 2
  for (let index = 0; index <= last; index += 1) {
    if (at + 4 > end) return null
    const length = buffer.readInt32BE(at)
    at += 4
    if (index === last) return length < 0 ? null : { row: [...columns, null], length, at }
    if (length >= 0 && at + length > end) return null
    columns.push(length < 0 ? null : buffer.toString('utf8', at, at + length))
    at += Math.max(length, 0)
  }
  return null
}
