import type { BatchRows, Step } from '../postgres/batch.js'
import type { BodyStream } from '../postgres/body-stream.js'
import type { Connection } from '../postgres/connection.js'
import { DatabaseError } from '../postgres/errors.js'
import type { RowStream } from '../postgres/row-stream.js'
import type { SessionResidue } from '../postgres/session-residue.js'
import type { Row } from '../postgres/wire/data-row.js'
import type { IsolationLevel } from '../schema-cache/role-settings.js'

export interface Transaction {
  readonly settings: Step
  readonly preRequest: Step | null
  /** run before the main statement, with its own rows */
  readonly estimate: Step | null
  /** where the main statement gives the lines of the body: what else a response is made of; null: it is in its one row */
  readonly head: Step | null
  readonly main: Step
  /** a long body is not given before it is there as a whole */
  readonly holdsBody?: boolean
  readonly readOnly: boolean
  /** what it may leave in the session */
  readonly residue?: SessionResidue
  readonly isolation: IsolationLevel
  readonly end: 'commit' | 'rollback'
  /**
   * Looks at the main statement's rows before the end and throws what must undo it; null where nothing can. It is
   * worth one more round trip, where there is something to undo.
   */
  readonly check: ((rows: readonly Row[]) => void) | null
}

export interface TransactionResult {
  /** the rows of `head` where there is one */
  readonly main: readonly Row[]
  readonly estimate: readonly Row[]
  /** the last column of the main statement's one row, where that is long or binary: the row has null there; or the lines */
  readonly body: Buffer | BodyStream | RowStream | null
}

/** Without a name, which the request's code could have taken. */
const step = (text: string): Step => ({ text, values: [], isUnnamed: true })

/**
 * Runs a request's statements as one transaction, and waits for its end.
 *
 * @throws DatabaseError, ConnectionLostError, and what `check` throws
 */
export async function runWhole(connection: Connection, transaction: Transaction): Promise<TransactionResult> {
  const { readOnly } = transaction
  try {
    const result = await run(connection, transaction)
    connection.hasWritten ||= !readOnly
    return result
  } catch (error) {
    if (!readOnly && error instanceof DatabaseError && error.code === '25006') {
      connection.cannotWrite = await takesNoWrites(connection).catch(() => false)
    }
    throw error
  }
}

/** A function may have made its own transaction one that only reads; this is about the server. */
async function takesNoWrites(connection: Connection): Promise<boolean> {
  await connection.resetting
  const [rows = []] = await connection.run([
    step(`SELECT WHERE pg_catalog.pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on'`),
  ])
  return rows.length > 0
}

async function run(connection: Connection, transaction: Transaction): Promise<TransactionResult> {
  const { readOnly, isolation, end, check, residue = 'none' } = transaction
  const work = stepsOf(transaction)
  const mayUndo = check !== null && !readOnly && end === 'commit'
  if (isolation === 'read committed' && end === 'commit' && !mayUndo) {
    return resultOf(transaction, await connection.run(work, residue))
  }
  connection.residue = residue
  const begin = step(`BEGIN ISOLATION LEVEL ${isolation.toUpperCase()}${readOnly ? ' READ ONLY' : ''}`)
  try {
    if (!mayUndo) {
      const ending = end === 'commit' ? [step('COMMIT')] : [step('SET CONSTRAINTS ALL IMMEDIATE'), step('ROLLBACK')]
      return resultOf(transaction, (await connection.run([begin, ...work, ...ending])).slice(1))
    }
    const done = resultOf(transaction, (await connection.run([begin, ...work])).slice(1))
    await connection.run([step('COMMIT')])
    return done
  } catch (error) {
    if (connection.isAlive && connection.status !== 'I') await connection.run([step('ROLLBACK')])
    throw error
  }
}

/** What a request runs between a transaction's beginning and end. */
export function stepsOf({ settings, preRequest, estimate, head, main }: Transaction): Step[] {
  return [settings, preRequest, estimate, head, main].filter((one) => one !== null)
}

/** As `RowStream` makes them. */
function linesOf(rows: readonly Row[]): Buffer {
  return Buffer.from(
    rows
      .flatMap(([line, before]) => [before, line])
      .map((line) => (line == null ? '' : `${line}\n`))
      .join(''),
  )
}

/** @param before rows of the steps before the main one */
export function estimateOf({ estimate }: Transaction, before: BatchRows): readonly Row[] {
  return estimate === null ? [] : (before.at(-1) ?? [])
}

/**
 * The rows that matter, looked at.
 *
 * @param rows of the steps of `stepsOf`
 * @throws what `check` throws
 */
export function resultOf(transaction: Transaction, rows: BatchRows): TransactionResult {
  const { head, main, check } = transaction
  const mainIndex = stepsOf(transaction).length - 1
  const result = rows[mainIndex] ?? []
  if (head !== null) {
    const estimate = estimateOf(transaction, rows.slice(0, mainIndex - 1))
    return { main: rows[mainIndex - 1] ?? [], estimate, body: linesOf(result) }
  }
  check?.(result)
  const estimate = estimateOf(transaction, rows.slice(0, mainIndex))
  return { main: result, estimate, body: main.bodySink?.bytes ?? null }
}
