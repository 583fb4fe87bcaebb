import type { BatchRows, Step } from '../postgres/batch.js'
import type { Connection } from '../postgres/connection.js'
import { DatabaseError } from '../postgres/errors.js'
import type { SessionResidue } from '../postgres/session-residue.js'
import type { Row } from '../postgres/wire/data-row.js'
import type { IsolationLevel } from '../schema-cache/role-settings.js'

export interface Transaction {
  readonly settings: Step
  readonly preRequest: Step | null
  readonly main: Step
  /** run after the main statement, with its own rows */
  readonly after: Step | null
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
  readonly main: readonly Row[]
  readonly after: readonly Row[]
}

/** Without a name, which the request's code could have taken. */
const step = (text: string): Step => ({ text, values: [], isUnnamed: true })

/**
 * Runs a request's statements as one transaction, in one round trip where that is enough: as an implicit transaction
 * if it commits, otherwise between BEGIN and its end.
 *
 * @throws DatabaseError, ConnectionLostError, and what `check` throws
 */
export async function runTransaction(connection: Connection, transaction: Transaction): Promise<TransactionResult> {
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
export function stepsOf({ settings, preRequest, main, after }: Transaction): Step[] {
  return [settings, ...(preRequest === null ? [] : [preRequest]), main, ...(after === null ? [] : [after])]
}

/**
 * The rows that matter, looked at.
 *
 * @param rows of the steps of `stepsOf`
 * @throws what `check` throws
 */
export function resultOf({ preRequest, check }: Transaction, rows: BatchRows): TransactionResult {
  const mainIndex = preRequest === null ? 1 : 2
  const main = rows[mainIndex] ?? []
  check?.(main)
  return { main, after: rows[mainIndex + 1] ?? [] }
}
