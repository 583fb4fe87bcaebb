import type { Query } from '@rolecast/grammar'
import type { Payload } from './payload.js'

/** What a request asks for: of a relation or function, of the whole API, or only what could be asked. */
export type ParsedRequest = ParsedQuery | ParsedRoot | ParsedOptions

interface Parsed {
  /** the schema it is about: what a profile header names, else the first of db-schemas */
  readonly schema: string
  /** whether the answer names the schema in `Content-Profile` */
  readonly profiled: boolean
}

export interface ParsedQuery extends Parsed {
  readonly kind: 'query'
  /**
   * `selection.limit` and `selection.offset` have the `Range` header in them. A filter on an embed is in the embed's
   * own selection. `accept` holds media types as they were sent, best first, at least one. The body's type has no
   * parameters; it is JSON where no `Content-Type` was sent.
   */
  readonly query: Query
  /** what the query writes or calls with; null where it has no body */
  readonly payload: Payload | null
  /** embeds that filters named by their relation although they have an alias; the answer warns about each */
  readonly legacyTargets: readonly (readonly [target: string, alias: string])[]
  /** what `Prefer: handling=strict` does not let through: an error of planning, where what is asked for can be done */
  readonly refusedPreferences: readonly string[]
}

/** The description of the API. */
export interface ParsedRoot extends Parsed {
  readonly kind: 'root'
  readonly headOnly: boolean
  /** media types as they were sent, best first, at least one */
  readonly accept: readonly string[]
}

export interface ParsedOptions extends Parsed {
  readonly kind: 'options'
  readonly resource: Resource
}

export type Resource =
  | { readonly kind: 'root' }
  | { readonly kind: 'relation'; readonly name: string }
  | { readonly kind: 'routine'; readonly name: string }
