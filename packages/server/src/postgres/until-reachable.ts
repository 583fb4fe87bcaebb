import { setTimeout as delay } from 'node:timers/promises'
import { ConnectionFailedError } from './errors.js'

const shortest = 50
const longest = 500

/**
 * Tries again while the database cannot be reached, more slowly each time.
 * @param patience milliseconds; 0: once only
 * @throws ConnectionFailedError of the last attempt, and whatever else the work throws at once
 */
export async function untilReachable<T>(patience: number, work: () => Promise<T>): Promise<T> {
  const end = performance.now() + patience
  for (let pause = shortest; ; pause = Math.min(pause * 2, longest)) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ConnectionFailedError) || performance.now() + pause > end) throw error
    }
    await delay(pause)
  }
}
