import type { Query } from '@rolecast/grammar'
import type { MediaType } from './media-type.js'

/** What a request asks for: of a relation or function, of the whole API, or only what could be asked. */
export type ParsedRequest = ParsedQuery | ParsedRoot | ParsedOptions

interface Parsed {
  /** the schema it is about: what a profile header names, else the first of db-schemas */
  readonly schema: string
  /** whether the answer names the schema in `Content-Profile` */
  readonly profiled: boolean
  /** what the client takes, best first; never empty */
  readonly media: readonly MediaType[]
}

export interface ParsedQuery extends Parsed {
  readonly kind: 'query'
  /**
   * `selection.limit` and `selection.offset` have the `Range` header in them. Their path is resolved: a filter on an
   * embed is in the embed's own selection.
   */
  readonly query: Query
  /** of writes and POSTed calls */
  readonly payload: Payload | null
  /** of `Content-Type`; JSON where there is none */
  readonly contentType: MediaType
  /** embeds that filters named by their relation although they have an alias; the answer warns about each */
  readonly legacyTargets: readonly (readonly [target: string, alias: string])[]
}

/** The description of the API. */
export interface ParsedRoot extends Parsed {
  readonly kind: 'root'
  readonly headOnly: boolean
}

export interface ParsedOptions extends Parsed {
  readonly kind: 'options'
  readonly resource: Resource
}

export type Resource =
  | { readonly kind: 'root' }
  | { readonly kind: 'relation'; readonly name: string }
  | { readonly kind: 'routine'; readonly name: string }

/** A request body, checked as far as that needs no database. */
export type Payload = JsonPayload | FormPayload | RawPayload

/** JSON, or what CSV and forms are as JSON. */
export interface JsonPayload {
  readonly kind: 'json'
  /** as it came, unless it came as CSV or form; empty for a call without a body */
  readonly text: string
  /** an array of rows, and not one row */
  readonly isArray: boolean
  /** names of columns or arguments, sorted: those of `columns=`, else those of the body, which all rows share */
  readonly keys: readonly string[]
}

/** A form that calls a function; a name may occur more than once (variadic). */
export interface FormPayload {
  readonly kind: 'form'
  readonly pairs: readonly (readonly [name: string, value: string])[]
  /** each once, sorted */
  readonly keys: readonly string[]
}

/** The argument of a function with a single unnamed parameter. */
export interface RawPayload {
  readonly kind: 'raw'
  readonly bytes: Uint8Array
  readonly keys: readonly []
}
