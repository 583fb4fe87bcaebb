import { BodyStream, type StreamBounds } from '../postgres/body-stream.js'
import type { Connection } from '../postgres/connection.js'
import { RowStream } from '../postgres/row-stream.js'
import type { BodySink, RowSink } from '../postgres/wire/data-row.js'
import { estimateOf, runWhole, type Transaction, type TransactionResult } from './transaction.js'

/**
 * Runs a request's statements as one transaction, in one round trip where that is enough: as an implicit transaction
 * if it commits, otherwise between BEGIN and its end.
 *
 * Rows that are wanted one by one, and a long body of a transaction that cannot fail once its one row is there, are given while
 * they still come: the connection is in use until its `streaming` has ended.
 *
 * @throws DatabaseError, ConnectionLostError, and what `check` throws
 */
export function runTransaction(
  connection: Connection,
  transaction: Transaction,
  bounds: StreamBounds,
): Promise<TransactionResult> {
  const { head, main, holdsBody = false, readOnly, isolation } = transaction
  if (head !== null) return runRows(connection, transaction)
  if (main.bodySink === undefined || holdsBody || !readOnly || isolation === 'serializable') {
    return runWhole(connection, transaction)
  }
  return runBody(connection, transaction, main.bodySink.isBinary, bounds)
}

function runBody(
  connection: Connection,
  transaction: Transaction,
  isBinary: boolean,
  bounds: StreamBounds,
): Promise<TransactionResult> {
  const { check, main } = transaction
  return new Promise((resolve, reject) => {
    let stream: BodyStream | null = null
    const begin: BodySink['begin'] = (row, length, completed) => {
      const begun = new BodyStream(length, connection, bounds)
      stream = begun
      connection.streaming = { end, hurry: () => begun.hurry() }
      try {
        check?.([row])
        resolve({ main: [row], estimate: estimateOf(transaction, completed), body: begun })
      } catch (error) {
        begun.destroy()
        reject(error)
      }
      return begun
    }
    const sink: BodySink = { isBinary, bytes: null, begin }
    const end = runWhole(connection, { ...transaction, main: { ...main, bodySink: sink } }).then(
      (result) => {
        if (stream === null) resolve(result)
      },
      (error: Error) => {
        if (stream === null) reject(error)
        else stream.fail(error)
      },
    )
  })
}

function runRows(connection: Connection, transaction: Transaction): Promise<TransactionResult> {
  return new Promise((resolve, reject) => {
    let told: TransactionResult | null = null
    const rows = new RowStream(connection, () => {
      connection.streaming = { end, hurry: () => {} }
      if (told !== null) resolve(told)
    })
    const rowSink: RowSink = {
      row: (buffer, start) => rows.row(buffer, start),
      flush(completed) {
        told ??= { main: completed.at(-1) ?? [], estimate: estimateOf(transaction, completed.slice(0, -1)), body: rows }
        rows.flush()
      },
    }
    const end = runWhole(connection, { ...transaction, main: { ...transaction.main, rowSink } }).then(
      async (result) => {
        told ??= { ...result, body: rows }
        rows.end()
        await rows.settled()
      },
      async (error: Error) => {
        const { hasBegun } = rows
        rows.fail(error)
        if (!hasBegun) reject(error)
        await rows.settled()
      },
    )
  })
}
