import { type Preferences, preferenceKeys, preferenceRules } from '../preferences.js'

/** The value of `Prefer` (RFC 7240), or of `Preference-Applied`; empty where there are no preferences. */
export function printPreferences(preferences: Preferences): string {
  const parts: string[] = []
  for (const key of preferenceKeys) {
    const value = preferences[key]
    if (value !== undefined) parts.push(preferenceRules[key].name + (value === '' ? '' : `=${value}`))
  }
  return parts.join(', ')
}
