import { type Preferences, preferenceKeys, preferenceRules } from '../preferences.js'

export interface ParsedPreferences {
  readonly preferences: Preferences
  /** what handling=strict refuses, as sent: names and values that the API does not know; empty without it */
  readonly refused: readonly string[]
}

const none: ParsedPreferences = { preferences: {}, refused: [] }

/**
 * Reads `Prefer` (RFC 7240). Of a preference sent twice the first counts. A `handling` that cannot be read is taken as
 * strict, and so refused: who writes it wants a guard, and lenient is what there is without it.
 */
export function parsePreferences(header: string | undefined): ParsedPreferences {
  if (header === undefined) return none
  const preferences: Record<string, string | number> = {}
  const unread: string[] = []
  let isStrict = false
  for (const part of header.split(',')) {
    const text = part.trim()
    const [name, value] = split(text)
    const key = keys.get(name)
    const read = key === undefined ? null : readValue(key, value)
    if (key === undefined || read === null) {
      unread.push(text)
      if (key === 'handling') isStrict = true
    } else if (!Object.hasOwn(preferences, key)) preferences[key] = read
  }
  isStrict ||= preferences.handling === 'strict'
  return { preferences, refused: isStrict ? unread : none.refused }
}

const keys: ReadonlyMap<string, keyof Preferences> = new Map(
  preferenceKeys.map((key) => [preferenceRules[key].name, key]),
)

/** The name is a token, whose case does not matter; the value may stand in quotes. */
function split(text: string): [name: string, value: string] {
  const at = text.indexOf('=')
  if (at < 0) return [text.toLowerCase(), '']
  const value = text.slice(at + 1).trim()
  const [, quoted] = /^"([^"\\]*)"$/.exec(value) ?? []
  return [text.slice(0, at).trim().toLowerCase(), quoted ?? value]
}

/** Null where it is no value of this preference. */
function readValue(key: keyof Preferences, text: string): string | number | null {
  const values: readonly string[] | 'text' | 'integer' = preferenceRules[key].values
  if (values === 'text') return text
  if (values === 'integer') return /^-?\d{1,15}$/.test(text) ? Number(text) : null
  return values.includes(text) ? text : null
}
