import { closestName } from '@rolecast/catalog'
import { appSettingsPrefix } from './app-settings.js'
import type { Setting } from './file-syntax.js'
import { keyDefinitions } from './keys.js'

/** A key that PostgREST does not have, and drops without a word. */
export interface StrangeKey {
  readonly key: string
  readonly line: number
  /** the key that is probably meant */
  readonly meant: string | null
}

/** The keys of a file that mean nothing, or mean something to this server only because people write them so often. */
export function strangeKeys(file: readonly Setting[]): StrangeKey[] {
  const known = new Set(keyDefinitions.flatMap(({ key, aliases = [] }) => [key, ...aliases]))
  return file
    .filter(({ key }) => !known.has(key) && !key.startsWith(appSettingsPrefix))
    .map(({ key, line }) => ({ key, line, meant: meantBy(key) }))
}

function meantBy(key: string): string | null {
  const misspelled = keyDefinitions.find(({ misspellings = [] }) => misspellings.includes(key))
  return (
    misspelled?.key ??
    closestName(
      key,
      keyDefinitions.map((definition) => definition.key),
    ) ??
    null
  )
}
