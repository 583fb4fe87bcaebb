import pg from 'pg'

interface CancelTarget {
  readonly processID: number
  readonly secretKey: number
  readonly host: string
  readonly port: number
  readonly ssl: unknown
}

interface Canceller {
  readonly stream: { destroy(): void }
  connect(portOrPath: number | string, host?: string): void
  requestSsl(): void
  cancel(processId: number, secretKey: number): void
  on(event: 'connect' | 'sslconnect' | 'end' | 'error', listener: () => void): void
}

/** Milliseconds that PostgreSQL has to take a request to cancel. */
const longestCancel = 5_000

/**
 * Asks PostgreSQL to stop what it runs for a client. Resolves to true when it has taken the request, to false when it could
 * not be asked, and then nobody knows whether it will be.
 * (Protocol, "Canceling Requests in Progress": a connection of its own, which the server closes.)
 */
export function cancelWorkOf(client: pg.Client): Promise<boolean> {
  const { processID, secretKey, host, port, ssl } = client as unknown as CancelTarget
  const canceller = new pg.Connection({ ssl } as never) as unknown as Canceller
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      canceller.stream.destroy()
      resolve(false)
    }, longestCancel)
    const done = (asked: boolean) => {
      clearTimeout(timer)
      resolve(asked)
    }
    canceller.on('error', () => done(false))
    canceller.on('end', () => done(true))
    canceller.on('connect', () => (ssl ? canceller.requestSsl() : canceller.cancel(processID, secretKey)))
    canceller.on('sslconnect', () => canceller.cancel(processID, secretKey))
    if (host.startsWith('/')) canceller.connect(`${host}/.s.PGSQL.${port}`)
    else canceller.connect(port, host)
  })
}

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
