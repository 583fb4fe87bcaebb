import { type Preferences, preferenceKeys, printPreferences, type Query } from '@rolecast/grammar'

type Preference = keyof Preferences

/** What each kind of request heeds. */
const heeded: Readonly<Record<Query['kind'], readonly Preference[]>> = {
  read: ['stream', 'count', 'transaction', 'handling', 'timezone'],
  insert: ['resolution', 'missing', 'return', 'count', 'transaction', 'handling', 'timezone'],
  put: ['return', 'count', 'transaction', 'handling', 'timezone'],
  update: ['missing', 'return', 'count', 'transaction', 'handling', 'timezone', 'maxAffected'],
  delete: ['return', 'count', 'transaction', 'handling', 'timezone', 'maxAffected'],
  call: ['stream', 'count', 'transaction', 'handling', 'timezone', 'maxAffected'],
}

/**
 * `Preference-Applied` (RFC 7240, section 3); null where none was.
 * @param canResolve whether an insert had a key to find duplicates by
 * @param isByRow whether rows go out as they come
 */
export function preferenceApplied({ kind, preferences }: Query, canResolve: boolean, isByRow = false): string | null {
  const isApplied = (key: Preference): boolean => {
    if (preferences[key] === undefined || !heeded[kind].includes(key)) return false
    if (key === 'stream') return isByRow
    if (key === 'resolution') return canResolve
    return key !== 'maxAffected' || preferences.handling === 'strict'
  }
  const applied = preferenceKeys.filter(isApplied)
  if (applied.length === 0) return null
  return printPreferences(Object.fromEntries(applied.map((key) => [key, preferences[key]])))
}
