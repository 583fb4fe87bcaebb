import { setImmediate as nextTurn } from 'node:timers/promises'

/** Work that may pause wherever it yields. */
export type Slices<Result> = Generator<void, Result, void>

/** Milliseconds after which others have their turn. */
const slice = 5

/** Does the work without a pause. */
export function atOnce<Result>(work: Slices<Result>): Result {
  for (;;) {
    const step = work.next()
    if (step.done === true) return step.value
  }
}

/** Does the work in slices of some milliseconds, so that other requests are answered between them. */
export async function inSlices<Result>(work: Slices<Result>): Promise<Result> {
  for (;;) {
    const end = performance.now() + slice
    do {
      const step = work.next()
      if (step.done === true) return step.value
    } while (performance.now() < end)
    await nextTurn()
  }
}
