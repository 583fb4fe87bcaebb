/** A row's columns as PostgreSQL's text. */
export type Row = readonly (string | null)[]

/** Where a long first column goes as the bytes it came in, in place of the row's text. */
export interface BodySink {
  bytes: Buffer | null
}

/** Bytes from which on it is worth not to make a string of them. */
const long = 16_384

/**
 * The columns of a DataRow.
 * @param bodySink takes the first column if it is long; the row then has null there
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
    if (index === 0 && bodySink !== null && length >= long) {
      bodySink.bytes = buffer.subarray(at, at + length)
      columns.push(null)
    } else columns.push(buffer.toString('utf8', at, at + length))
    at += length
  }
  return columns
}
