import { Readable } from 'node:stream'
import { ExportsFullError } from './postgres/errors.js'
import type { TransactionResult } from './transaction/transaction.js'

/** Counts the answers that go out row by row, each of which holds a connection as long as its client reads. */
export class Exports {
  private count = 0

  /** @param most how many there may be, as configured now */
  constructor(private readonly most: () => number) {}

  /**
   * @throws ExportsFullError, and what the work throws
   */
  async run(work: () => Promise<TransactionResult>): Promise<TransactionResult> {
    if (this.count >= this.most()) throw new ExportsFullError()
    this.count += 1
    const end = () => {
      this.count -= 1
    }
    try {
      const result = await work()
      if (result.body instanceof Readable) result.body.once('close', end)
      else end()
      return result
    } catch (error) {
      end()
      throw error
    }
  }
}
