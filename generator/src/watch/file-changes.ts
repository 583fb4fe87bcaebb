import { type FSWatcher, watch } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** Milliseconds of quiet before a change counts: editors and tools write several files, or one in several steps. */
const quiet = 80

/**
 * Yields when it watches, then whenever a file in one of the folders changes, comes or goes that may matter: SQL, or a configuration.
 *
 * @param folders asked anew after each change, since what is read may have changed with it
 */
export async function* fileChanges(
  folders: () => Promise<readonly string[]>,
  signal: AbortSignal,
): AsyncGenerator<void> {
  const watchers = new Map<string, FSWatcher>()
  let wake = () => {}
  let isChanged = false
  const note = (name: string | null) => {
    if (name !== null && !/\.(sql|toml|[cm]?[jt]s|json)$/.test(name)) return
    isChanged = true
    wake()
  }
  signal.addEventListener('abort', () => wake(), { once: true })
  try {
    while (!signal.aborted) {
      const wanted = new Set(await folders())
      for (const [folder, watcher] of watchers) {
        if (wanted.has(folder)) continue
        watcher.close()
        watchers.delete(folder)
      }
      for (const folder of wanted) {
        if (watchers.has(folder)) continue
        // A folder that goes is noticed by the run that follows.
        const watcher = watch(folder, (_, name) => note(name)).on('error', () => note(null))
        watchers.set(folder, watcher)
      }
      yield
      while (!isChanged && !signal.aborted) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      while (isChanged && !signal.aborted) {
        isChanged = false
        await delay(quiet, undefined, { signal }).catch(() => {})
      }
    }
  } finally {
    for (const watcher of watchers.values()) watcher.close()
  }
}
