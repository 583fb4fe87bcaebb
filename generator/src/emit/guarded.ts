import { type Target, TargetOptionsError } from '@rolecast/templates'
import { UsageError } from '../errors.js'

/**
 * Runs code of a target. Where that throws, the project has a fault if the target is its own; otherwise rolecast has
 * one, and the error goes on as it is.
 *
 * @param chosen the target, and how the configuration names it: by a name, or by a path
 * @param role whose files are made, or null where it is about all of them
 * @throws UsageError
 */
export async function guarded(
  { target, reference }: { readonly target: Target; readonly reference: string },
  role: string | null,
  work: () => void | Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (error instanceof TargetOptionsError) throw new UsageError(`${target.name}.${error.message}`, { cause: error })
    if (reference === target.name) throw error
    const forRole = role === null ? '' : ` for the role ${role}`
    throw new UsageError(`The target ${reference} failed${forRole}: ${described(error)}. Nothing was written.`, {
      cause: error,
    })
  }
}

/** What was thrown, and where. */
function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const [place] = /[^\s(]+:\d+:\d+(?=\)?$)/m.exec(error.stack ?? '') ?? []
  return place === undefined ? error.message : `${error.message} (at ${place})`
}
