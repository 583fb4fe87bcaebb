import type { Body, CallOptions, Selection } from '@rolecast/grammar'
import {
  type Parameters,
  type ParsedPreferences,
  parseAccept,
  type RowRange,
  restrictRange,
} from '@rolecast/grammar/parse'
import type { HttpRequest } from '../http-message.js'
import { bodyType } from './media-type.js'
import type { ParseSettings } from './parse-settings.js'
import type { ParsedQuery } from './parsed-request.js'
import type { Profile } from './profile.js'

/** What every query is made of. */
export interface QueryParts {
  readonly request: HttpRequest
  readonly parameters: Parameters
  /** rows that the parameters and the `Range` header ask for */
  readonly range: RowRange
  readonly profile: Profile
  readonly preferences: ParsedPreferences
  readonly settings: ParseSettings
}

/** The query, and what it leaves to be said about. */
export type QueryResult = Pick<ParsedQuery, 'query' | 'legacyTargets'>

/** What the headers say beside the range. */
export function callOptions(parts: QueryParts): CallOptions {
  const { request, profile, settings } = parts
  const { preferences } = parts.preferences
  const isHeard = preferences.transaction === undefined || settings.transactionOverride
  const { transaction: _, ...others } = preferences
  return {
    profile: profile.asked,
    preferences: isHeard ? preferences : others,
    accept: parseAccept(request.headers.accept),
  }
}

/** The body as it came. */
export function bodyOf({ headers, body }: HttpRequest): Body {
  return { type: bodyType(headers['content-type']), content: body }
}

/**
 * The rows that the request's own `limit` and `offset` and its `Range` header ask for. The header counts with GET only
 * (RFC 9110, section 14.2).
 * @throws GrammarError PGRST103
 */
export function rangeOf({ limit, offset }: Parameters, { method, headers }: HttpRequest): RowRange {
  const own = (all: Parameters['limit']) => all.findLast(({ embeds }) => embeds.length === 0)?.value ?? null
  const asked = { limit: own(limit), offset: own(offset) }
  const header = method === 'GET' ? headers.range : undefined
  if (header === undefined && asked.limit === null && asked.offset === null) return asked
  return restrictRange(asked, header)
}

export function inRange(selection: Selection, { limit, offset }: RowRange): Selection {
  return selection.limit === limit && selection.offset === offset ? selection : { ...selection, limit, offset }
}
