import { exitCodeOf, exitCodes } from '../errors.js'
import type { Progress } from '../progress.js'

/**
 * Runs work whenever there is something new. What the work says is wrong with the input is told, and the next change is
 * waited for; the database may go away meanwhile.
 *
 * @param changes yields when it watches, and then after each change
 * @throws what nobody foresaw
 */
export async function watchAndRun(
  run: () => Promise<void>,
  changes: AsyncIterable<void>,
  progress: Progress,
): Promise<void> {
  const tell = async () => {
    try {
      await run()
    } catch (error) {
      if (exitCodeOf(error) === exitCodes.internal) throw error
      progress.say((error as Error).message)
    }
  }
  let isFirst = true
  for await (const _ of changes) {
    await tell()
    if (isFirst) progress.say('watching for changes; Ctrl-C ends it')
    isFirst = false
  }
}

/** Aborted by the first signal to end. Later ones change nothing: npm hands one on that the terminal has sent already. */
export function untilEnded(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => controller.abort())
  return controller.signal
}
