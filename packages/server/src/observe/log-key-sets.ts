import type { KeySetObserver } from '../authenticate/key-source/remote-key-set.js'
import type { Log } from './log.js'

/** Tells the log what becomes of keys that are fetched from a URL. */
export function loggingKeySets(log: Log): KeySetObserver {
  return {
    changed(message, warnings) {
      for (const line of [message, ...warnings]) log.notice(line)
    },
    failed: (message) => log.notice(`${message} The keys that were fetched before stay in use.`),
  }
}
