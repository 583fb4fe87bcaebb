import type { CallOptions, Preferences, Selection } from '@rolecast/grammar'
import { type Parameters, parseAccept, parsePreferences, restrictRange } from '@rolecast/grammar/parse'
import type { HttpRequest } from '../http-message.js'
import type { ParseSettings } from './parse-settings.js'
import type { ParsedQuery } from './parsed-request.js'
import type { Profile } from './profile.js'

/** What every query is made of. */
export interface QueryParts {
  readonly request: HttpRequest
  readonly parameters: Parameters
  readonly profile: Profile
  readonly settings: ParseSettings
}

/** The query, and what it leaves to be said about. */
export type QueryResult = Pick<ParsedQuery, 'query' | 'legacyTargets'>

/** What the headers say beside the range. */
export function callOptions({ request: { headers }, profile, settings }: QueryParts): CallOptions {
  const { preferences } = parsePreferences(headers.prefer)
  const heard = preferences.transaction === undefined || settings.transactionOverride
  return {
    profile: profile.asked,
    preferences: heard ? preferences : withoutTransaction(preferences),
    accept: parseAccept(headers.accept),
  }
}

function withoutTransaction({ transaction: _, ...others }: Preferences): Preferences {
  return others
}

/**
 * Preferences that `handling=strict` makes an error. They are one only of what could be done otherwise: a relation that
 * is not there is said first.
 */
export function refusedPreferences({ headers: { prefer } }: HttpRequest): readonly string[] {
  if (prefer === undefined || !prefer.includes('handling=strict')) return none
  const { preferences, invalid } = parsePreferences(prefer)
  return preferences.handling === 'strict' ? invalid : none
}

const none: readonly string[] = []

/**
 * The `Range` header counts with GET only (RFC 9110, section 14.2).
 * @throws GrammarError PGRST103
 */
export function inRange(selection: Selection, { method, headers }: HttpRequest): Selection {
  const header = method === 'GET' ? headers.range : undefined
  if (header === undefined && selection.limit === null && selection.offset === null) return selection
  return { ...selection, ...restrictRange(selection, header) }
}
