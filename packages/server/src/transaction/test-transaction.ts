import type { Step } from '../postgres/batch.js'
import type { BoundValue } from '../postgres/bound-value.js'
import type { Connection } from '../postgres/connection.js'
import type { Pool } from '../postgres/pool.js'
import { resetWithinTransaction } from '../postgres/session-reset.js'
import { qualified } from '../sql/quote.js'
import { resultOf, stepsOf, type Transaction, type TransactionResult } from './transaction.js'

/** A row's columns as PostgreSQL's text. */
export type TextRow = readonly (string | null)[]

const step = (text: string): Step => ({ text, values: [] })

/**
 * Deferrable constraints that are checked at once unless somebody says otherwise, where they may be named. The others
 * are checked at the end of a request at the latest.
 */
const immediateConstraints = step(
  `SELECT nspname, conname FROM pg_catalog.pg_constraint JOIN pg_catalog.pg_namespace n ON n.oid = connamespace
   WHERE condeferrable AND NOT condeferred AND has_schema_privilege(n.oid, 'USAGE')`,
)

/**
 * One transaction that many requests share and that never commits. Each request runs in a savepoint, so one that fails
 * undoes its own work only; at its end deferred constraints are checked, as a commit would, and its role and settings
 * are forgotten. Requests wait for each other.
 */
export class SharedTransaction {
  private last: Promise<unknown> = Promise.resolve()
  private ended = false

  private constructor(
    private readonly pool: Pool,
    private readonly connection: Connection,
    private readonly ending: readonly Step[],
  ) {}

  /** @throws ConnectionFailedError, AcquisitionTimeoutError, DatabaseError */
  static async begin(pool: Pool): Promise<SharedTransaction> {
    const connection = await pool.acquire()
    try {
      connection.residue = 'plans'
      const [, rows = []] = await connection.run([step('BEGIN'), immediateConstraints])
      return new SharedTransaction(pool, connection, endingOf(rows))
    } catch (error) {
      pool.release(connection)
      throw error
    }
  }

  /**
   * The request's transaction as a part of this one. Its isolation level is this one's.
   *
   * @throws what `runTransaction` throws
   */
  run(transaction: Transaction): Promise<TransactionResult> {
    return this.inSavepoint(
      async () => resultOf(transaction, await this.connection.run(stepsOf(transaction))),
      transaction.end === 'rollback',
    )
  }

  /** One statement as the role that the server connects as. */
  query(text: string, values: readonly BoundValue[]): Promise<readonly TextRow[]> {
    return this.inSavepoint(async () => (await this.connection.run([{ text, values }]))[0] ?? [], false)
  }

  /** Undoes everything, and gives the connection back. */
  async rollback(): Promise<void> {
    if (this.ended) return
    this.ended = true
    await this.last
    try {
      if (this.connection.isAlive) await this.connection.run([step('ROLLBACK')])
    } finally {
      this.pool.release(this.connection)
    }
  }

  private inSavepoint<T>(work: () => Promise<T>, isUndone: boolean): Promise<T> {
    if (this.ended) return Promise.reject(new Error('The transaction of this test has ended.'))
    const result = this.last.then(async () => {
      const undo = [step('ROLLBACK TO SAVEPOINT rolecast'), step('RELEASE SAVEPOINT rolecast')]
      await this.connection.run([step('SAVEPOINT rolecast')])
      try {
        const done = await work()
        await this.connection.run(isUndone ? [step('SET CONSTRAINTS ALL IMMEDIATE'), ...undo] : this.ending)
        return done
      } catch (error) {
        if (this.connection.isAlive) await this.connection.run(undo)
        throw error
      }
    })
    this.last = result.catch(() => {})
    return result
  }
}

/** What ends a request: settings and checks of constraints are again as the transaction began with them. */
function endingOf(immediate: readonly TextRow[]): readonly Step[] {
  const names = immediate.map(([schema, name]) => qualified(schema ?? '', name ?? ''))
  return [
    step('SET CONSTRAINTS ALL IMMEDIATE'),
    ...resetWithinTransaction,
    step('SET CONSTRAINTS ALL DEFERRED'),
    ...(names.length > 0 ? [step(`SET CONSTRAINTS ${names.join(', ')} IMMEDIATE`)] : []),
    step('RELEASE SAVEPOINT rolecast'),
  ]
}
