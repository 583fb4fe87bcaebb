import { type ApiError, isApiError } from '@rolecast/client'

/** Where the app tells what happens: the demo's screen. */
export interface Story {
  /** what is done, in words, with its result */
  tell(text: string): void
  /** rows as a small table */
  show(rows: readonly object[]): void
}

/** Runs what must be refused, and says how. */
export async function refused(story: Story, what: string, work: PromiseLike<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!isAnswer(error)) throw error
    story.tell(`refused: ${what} (${error.status} ${error.code}: ${error.message})`)
    return
  }
  throw new Error(`This should have been refused: ${what}`)
}

/** An answer of the API, as opposed to a network that is down or a mistake in here. */
function isAnswer(error: unknown): error is ApiError {
  return isApiError(error) && error.status >= 400 && error.status < 500
}
