import type { Connection } from './connection.js'
import { AcquisitionTimeoutError, ConnectionLostError, QueueFullError } from './errors.js'

interface Waiter {
  readonly resolve: (connection: Connection) => void
  readonly reject: (error: unknown) => void
  readonly timer: NodeJS.Timeout
}

/** Requests that wait for a connection, the first come first. */
export class WaitingLine {
  private readonly waiters: Waiter[] = []
  /** those that waited in vain so far, and those that were not let wait */
  timeoutCount = 0
  refusedCount = 0

  /** @param milliseconds how long one waits */
  constructor(
    private readonly maximum: number,
    private readonly milliseconds: number,
  ) {}

  get length(): number {
    return this.waiters.length
  }

  /**
   * Waits for a connection that is given to the line.
   * @throws QueueFullError
   * @throws AcquisitionTimeoutError
   * @throws ConnectionLostError when the pool is closed
   */
  wait(): Promise<Connection> {
    if (this.waiters.length >= this.maximum) {
      this.refusedCount += 1
      return Promise.reject(new QueueFullError())
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiters.splice(this.waiters.indexOf(waiter), 1)
        this.timeoutCount += 1
        reject(new AcquisitionTimeoutError())
      }, this.milliseconds)
      const waiter = { resolve, reject, timer }
      this.waiters.push(waiter)
    })
  }

  /** Takes the first one out of the line; undefined where nobody waits. */
  next(): Pick<Waiter, 'resolve' | 'reject'> | undefined {
    const waiter = this.waiters.shift()
    clearTimeout(waiter?.timer)
    return waiter
  }

  /** Nobody gets a connection any more. */
  close(): void {
    for (let waiter = this.next(); waiter !== undefined; waiter = this.next()) waiter.reject(new ConnectionLostError())
  }
}
