import type { BatchRows, Step } from './batch.js'
import type { Connection } from './connection.js'
import type { Row } from './wire/data-row.js'

export type IsolationLevel = 'read committed' | 'repeatable read' | 'serializable'

export interface Transaction {
  readonly settings: Step
  readonly preRequest: Step | null
  readonly main: Step
  /** run after the main statement, with its own rows */
  readonly after: Step | null
  readonly readOnly: boolean
  /** whether it may change the session, and not only the database */
  readonly leavesTraces?: boolean
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

const step = (text: string): Step => ({ text, values: [] })

/**
 * Runs a request's statements as one transaction, in one round trip where that is enough: as an implicit transaction
 * if it commits, otherwise between BEGIN and its end.
 *
 * @throws DatabaseError, ConnectionLostError, and what `check` throws
 */
export async function runTransaction(connection: Connection, transaction: Transaction): Promise<TransactionResult> {
  const { settings, preRequest, main, after, readOnly, isolation, end, check } = transaction
  const work = [settings, ...(preRequest === null ? [] : [preRequest]), main, ...(after === null ? [] : [after])]
  const mainIndex = preRequest === null ? 1 : 2
  connection.mayHaveTraces ||= transaction.leavesTraces ?? false
  const mayUndo = check !== null && !readOnly && end === 'commit'
  if (isolation === 'read committed' && end === 'commit' && !mayUndo) {
    return result(await connection.run(work), mainIndex, check)
  }
  const begin = step(`BEGIN ISOLATION LEVEL ${isolation.toUpperCase()}${readOnly ? ' READ ONLY' : ''}`)
  try {
    if (!mayUndo) {
      const ending = end === 'commit' ? [step('COMMIT')] : [step('SET CONSTRAINTS ALL IMMEDIATE'), step('ROLLBACK')]
      return result(await connection.run([begin, ...work, ...ending]), mainIndex + 1, check)
    }
    const done = result(await connection.run([begin, ...work]), mainIndex + 1, check)
    await connection.run([step('COMMIT')])
    return done
  } catch (error) {
    if (connection.isAlive && connection.status !== 'I') await connection.run([step('ROLLBACK')])
    throw error
  }
}

function result(rows: BatchRows, mainIndex: number, check: Transaction['check']): TransactionResult {
  const main = rows[mainIndex] ?? []
  check?.(main)
  return { main, after: rows[mainIndex + 1] ?? [] }
}
