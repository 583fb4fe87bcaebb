import type { ClientDisconnect } from '../postgres/pool.js'
import { failureOf } from '../respond/failure.js'
import type { Transaction, TransactionResult } from '../transaction/transaction.js'
import type { Log } from './log.js'
import { levelOf } from './log-level.js'

export type Run = (transaction: Transaction, abandoned: ClientDisconnect | null) => Promise<TransactionResult>

/** Tells the log the statements of each request, where it hears of the request, too. Their values are not among them. */
export function loggingQueries(run: Run, log: Log): Run {
  const tell = (status: number, { preRequest, estimate, head, main }: Transaction) => {
    for (const statement of [preRequest, estimate, head, main])
      if (statement !== null) log.say(levelOf(status), statement.text)
  }
  return async (transaction, abandoned) => {
    try {
      const result = await run(transaction, abandoned)
      tell(200, transaction)
      return result
    } catch (error) {
      tell(failureOf(error, true).status, transaction)
      throw error
    }
  }
}
