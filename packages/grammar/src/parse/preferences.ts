import type { Preferences } from '../query.js'

export interface ParsedPreferences {
  readonly preferences: Preferences
  /** what is no preference of this API, as sent; with handling=strict an error, otherwise nothing */
  readonly invalid: readonly string[]
}

type Writable = { -readonly [Key in keyof Preferences]: Preferences[Key] }

/** Preferences whose values are words, by how they are sent. */
const words: ReadonlyMap<string, Preferences> = new Map<string, Preferences>([
  ['resolution=merge-duplicates', { resolution: 'merge-duplicates' }],
  ['resolution=ignore-duplicates', { resolution: 'ignore-duplicates' }],
  ['return=representation', { return: 'representation' }],
  ['return=minimal', { return: 'minimal' }],
  ['return=headers-only', { return: 'headers-only' }],
  ['count=exact', { count: 'exact' }],
  ['count=planned', { count: 'planned' }],
  ['count=estimated', { count: 'estimated' }],
  ['tx=commit', { transaction: 'commit' }],
  ['tx=rollback', { transaction: 'rollback' }],
  ['missing=default', { missing: 'default' }],
  ['missing=null', { missing: 'null' }],
  ['handling=strict', { handling: 'strict' }],
  ['handling=lenient', { handling: 'lenient' }],
])

const none: ParsedPreferences = { preferences: {}, invalid: [] }

/** Reads `Prefer` (RFC 7240). Of a preference sent twice the first counts. */
export function parsePreferences(header: string | undefined): ParsedPreferences {
  if (header === undefined) return none
  const preferences: Writable = {}
  const invalid: string[] = []
  for (const part of header.split(',')) {
    const text = part.trim()
    const known = words.get(text) ?? parseValue(text)
    if (known === undefined) invalid.push(text)
    else Object.assign(preferences, { ...known, ...preferences })
  }
  return { preferences, invalid }
}

const maxAffected = 'max-affected='

/** A `max-affected` that is no number is known all the same, and says nothing, as in PostgREST. */
function parseValue(text: string): Preferences | undefined {
  if (text.startsWith('timezone=')) return { timezone: text.slice('timezone='.length) }
  if (!text.startsWith(maxAffected)) return undefined
  const value = text.slice(maxAffected.length).trim()
  return /^-?\d{1,15}$/.test(value) ? { maxAffected: Number(value) } : {}
}
