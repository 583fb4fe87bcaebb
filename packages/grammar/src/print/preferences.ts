import type { Preferences } from '../query.js'

const names = {
  resolution: 'resolution',
  missing: 'missing',
  return: 'return',
  count: 'count',
  transaction: 'tx',
  handling: 'handling',
  timezone: 'timezone',
  maxAffected: 'max-affected',
} as const satisfies Record<keyof Preferences, string>

/** The value of `Prefer` (RFC 7240), or of `Preference-Applied`; empty where there are no preferences. */
export function printPreferences(preferences: Preferences): string {
  const parts: string[] = []
  for (const key of Object.keys(names) as (keyof Preferences)[]) {
    const value = preferences[key]
    if (value !== undefined) parts.push(`${names[key]}=${value}`)
  }
  return parts.join(', ')
}
