import { fixedKeys, type KeySettings } from './fixed-keys.js'
import type { KeySource } from './key-source.js'
import { keyUrlOf } from './key-url.js'
import { type KeySetObserver, RemoteKeySet } from './remote-key-set.js'

/**
 * The keys of a configuration. Those of a URL that is in use already are fetched anew, and stay as they are if that fails.
 * @throws ConfigError for keys that cannot be used
 * @throws KeySetError for a URL that gives none
 */
export async function openKeys(
  settings: KeySettings,
  observer: KeySetObserver,
  old: KeySource | null = null,
): Promise<KeySource> {
  const { jwtSecret, jwtSecretIsBase64 } = settings
  const url = jwtSecret === null ? null : keyUrlOf(jwtSecret, jwtSecretIsBase64)
  if (url === null) return fixedKeys(settings)
  if (!(old instanceof RemoteKeySet) || old.url.href !== url.href) return RemoteKeySet.open(url, observer)
  await old.refresh()
  return old
}
