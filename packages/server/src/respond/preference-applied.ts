import type { Preferences, Query } from '@rolecast/grammar'

type Preference = keyof Preferences

/** How each preference is written, in the order in which they are said. */
const written: readonly (readonly [Preference, (value: string | number) => string])[] = [
  ['resolution', (value) => `resolution=${value}`],
  ['missing', (value) => `missing=${value}`],
  ['return', (value) => `return=${value}`],
  ['count', (value) => `count=${value}`],
  ['transaction', (value) => `tx=${value}`],
  ['handling', (value) => `handling=${value}`],
  ['timezone', (value) => `timezone=${value}`],
  ['maxAffected', (value) => `max-affected=${value}`],
]

/** What each kind of request heeds. */
const heeded: Readonly<Record<Query['kind'], readonly Preference[]>> = {
  read: ['count', 'transaction', 'handling', 'timezone'],
  insert: ['resolution', 'missing', 'return', 'count', 'transaction', 'handling', 'timezone'],
  put: ['return', 'count', 'transaction', 'handling', 'timezone'],
  update: ['missing', 'return', 'count', 'transaction', 'handling', 'timezone', 'maxAffected'],
  delete: ['return', 'count', 'transaction', 'handling', 'timezone', 'maxAffected'],
  call: ['count', 'transaction', 'handling', 'timezone', 'maxAffected'],
}

/**
 * `Preference-Applied` (RFC 7240, section 3); null where none was.
 * @param canResolve whether an insert had a key to find duplicates by
 */
export function preferenceApplied({ kind, preferences }: Query, canResolve: boolean): string | null {
  if (isEmpty(preferences)) return null
  const applied = written.flatMap(([name, write]) => {
    const value = preferences[name]
    if (value === undefined || !heeded[kind].includes(name)) return []
    if (name === 'resolution' && !canResolve) return []
    if (name === 'maxAffected' && preferences.handling !== 'strict') return []
    return [write(value)]
  })
  return applied.length === 0 ? null : applied.join(', ')
}

function isEmpty(preferences: Preferences): boolean {
  for (const _ in preferences) return false
  return true
}
