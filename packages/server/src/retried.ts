import { coalesced } from './coalesced.js'

/** Why something could not be done the last time it was tried. */
export interface Failure {
  readonly message: string
  /** tries in a row that have failed */
  readonly attempts: number
}

export interface RetryObserver {
  succeeded(): void
  /** hears of the first of several failures in a row, and of those with another message; `delay`: milliseconds to the next try */
  failed(failure: Failure, delay: number): void
}

const minDelay = 1_000
const maxDelay = 32_000

/**
 * Work that is tried again until it succeeds: after 1, 2, 4 … 32 seconds. Each call to `run` tries at once and rejects if
 * that try fails; the further tries go on behind it.
 */
export class Retried {
  private timer: NodeJS.Timeout | null = null
  private closed = false
  /** null: the last try succeeded */
  failure: Failure | null = null
  successes = 0
  failures = 0

  constructor(
    private readonly work: () => Promise<void>,
    private readonly observer: RetryObserver,
    private readonly delays: { readonly min: number; readonly max: number } = { min: minDelay, max: maxDelay },
  ) {}

  readonly run = coalesced(() => this.attempt())

  /** No further tries. */
  close(): void {
    this.closed = true
    this.stopTimer()
  }

  private async attempt(): Promise<void> {
    this.stopTimer()
    try {
      await this.work()
    } catch (error) {
      this.failures += 1
      this.retryLater(error)
      throw error
    }
    this.successes += 1
    this.failure = null
    this.observer.succeeded()
  }

  private retryLater(error: unknown): void {
    if (this.closed) return
    const before = this.failure
    const attempts = (before?.attempts ?? 0) + 1
    const delay = Math.min(this.delays.min * 2 ** (attempts - 1), this.delays.max)
    this.failure = { message: error instanceof Error ? error.message : String(error), attempts }
    if (this.failure.message !== before?.message) this.observer.failed(this.failure, delay)
    this.timer = setTimeout(() => void this.run().catch(() => {}), delay)
    this.timer.unref()
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }
}
