import { setTimeout as delay } from 'node:timers/promises'
import { ConnectionFailedError } from './errors.js'

const minDelay = 50
const maxDelay = 2_000

/**
 * Tries again while the database cannot be reached, more slowly each time. A database that refuses the login does not begin
 * to take it, so that is not tried again.
 * @param patience milliseconds; 0: once only; null: for as long as it takes
 * @param onFailure hears of each failure after which it is tried again
 * @throws ConnectionFailedError of the last attempt, and whatever else the work throws at once
 */
export async function untilReachable<T>(
  patience: number | null,
  work: () => Promise<T>,
  onFailure: (error: ConnectionFailedError) => Promise<void>,
): Promise<T> {
  const end = patience === null ? Number.POSITIVE_INFINITY : performance.now() + patience
  for (let pause = minDelay; ; pause = Math.min(pause * 2, maxDelay)) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ConnectionFailedError) || isLoginRefused(error) || performance.now() + pause > end)
        throw error
      await onFailure(error)
    }
    await delay(pause)
  }
}

/** invalid_authorization_specification, invalid_password */
function isLoginRefused({ cause }: ConnectionFailedError): boolean {
  return /^28/.test((cause as { code?: string } | undefined)?.code ?? '')
}
