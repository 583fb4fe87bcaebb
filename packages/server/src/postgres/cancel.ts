/** Milliseconds between two requests to cancel. */
const again = 250

/**
 * Asks until it has an effect: PostgreSQL ignores a request to cancel that arrives between two messages of a batch, and one
 * that arrives between two batches of a transaction stops neither.
 */
export class RepeatedCancel {
  private asked: Promise<boolean>
  private readonly timer: NodeJS.Timeout

  constructor(private readonly cancel: () => Promise<boolean>) {
    this.asked = cancel()
    this.timer = setInterval(() => this.askAgain(), again)
  }

  /** The work has ended. Resolves to false where a request may still arrive later, and hit other work. */
  end(): Promise<boolean> {
    clearInterval(this.timer)
    return this.asked
  }

  private askAgain(): void {
    this.asked = Promise.all([this.asked, this.cancel()]).then((all) => all.every(Boolean))
  }
}
