/** Any one, or all, of a list: `eq(any)`, `like(all)`. */
export type Quantified<V> = { readonly any: readonly V[] } | { readonly all: readonly V[] }

/** Operators of every type that can be compared. */
export interface Operators<V> {
  /** equals */
  eq?: V | Quantified<V>
  /** differs; rows where the column is null are left out */
  neq?: V
  gt?: V | Quantified<V>
  gte?: V | Quantified<V>
  lt?: V | Quantified<V>
  lte?: V | Quantified<V>
  /** is one of */
  in?: readonly V[]
  /** differs, where null counts as a value */
  isdistinct?: V
  is?: null | 'not_null'
  /** none of these holds */
  not?: Operators<V>
}

/** Operators of what has an equality and no order. */
export interface EqualityOperators<V> extends Pick<Operators<V>, 'eq' | 'neq' | 'in' | 'isdistinct' | 'is'> {
  not?: EqualityOperators<V>
}

/** `query` in PostgreSQL's syntax of the operator, and the text search configuration if not the default one. */
export type TextQuery = string | { readonly query: string; readonly language: string }

export interface SearchOperators {
  /** to_tsquery */
  fts?: TextQuery
  /** plainto_tsquery */
  plfts?: TextQuery
  /** phraseto_tsquery */
  phfts?: TextQuery
  /** websearch_to_tsquery */
  wfts?: TextQuery
}

export interface TextOperators extends Operators<string>, SearchOperators {
  /** LIKE; `*` stands for `%` as well */
  like?: string | Quantified<string>
  /** LIKE without regard to case */
  ilike?: string | Quantified<string>
  /** regular expression */
  match?: string | Quantified<string>
  /** regular expression without regard to case */
  imatch?: string | Quantified<string>
  not?: TextOperators
}

export interface BooleanOperators {
  eq?: boolean
  neq?: boolean
  in?: readonly boolean[]
  isdistinct?: boolean
  is?: null | boolean | 'unknown' | 'not_null'
  not?: BooleanOperators
}

export interface ArrayOperators<E> {
  eq?: readonly E[]
  neq?: readonly E[]
  gt?: readonly E[]
  gte?: readonly E[]
  lt?: readonly E[]
  lte?: readonly E[]
  isdistinct?: readonly E[]
  is?: null | 'not_null'
  /** contains all of */
  cs?: readonly E[]
  /** is contained in */
  cd?: readonly E[]
  /** has an element in common with */
  ov?: readonly E[]
  not?: ArrayOperators<E>
}

export interface RangeOperators extends Operators<string> {
  /** contains; one value is the range `[value,value]` */
  cs?: string
  /** is contained in */
  cd?: string
  /** overlaps */
  ov?: string
  /** strictly left of */
  sl?: string
  /** strictly right of */
  sr?: string
  /** does not extend to the right of */
  nxr?: string
  /** does not extend to the left of */
  nxl?: string
  /** is adjacent to */
  adj?: string
  not?: RangeOperators
}

export interface JsonOperators {
  eq?: unknown
  neq?: unknown
  /** contains */
  cs?: unknown
  /** is contained in */
  cd?: unknown
  is?: null | 'not_null'
  not?: JsonOperators
}

/** A condition on the text of what is found at `path` (`->`, `->>`): `{ path: ['address', 'city'], ilike: 'b*' }`. */
export type PathFilter = { readonly path: readonly (string | number)[] } & TextOperators

/** A condition on a JSON document, or on what is in it. */
export type JsonFilter = JsonOperators | PathFilter
/** Of what cannot be compared as a whole, but has parts: composites, json, hstore. */
export type PartsFilter = NullFilter | PathFilter

/** A bare value means equality; a list, one of; null, IS NULL (where the column is nullable). */
export type Filter<V> = V | readonly V[] | Operators<V>
export type EqualityFilter<V> = V | readonly V[] | EqualityOperators<V>
export type TextFilter = string | readonly string[] | TextOperators
export type BooleanFilter = boolean | readonly boolean[] | BooleanOperators
export type RangeFilter = string | readonly string[] | RangeOperators
/** A bare list means equality. */
export type ArrayFilter<E> = readonly E[] | ArrayOperators<E>
export type SearchFilter = SearchOperators & { is?: null | 'not_null'; not?: SearchOperators }

/** Whether the embedded relation has rows at all. */
export type Presence = 'some' | 'none'

/** Trees of conditions, anywhere in a filter. */
export interface Logic<F> {
  $or?: readonly F[]
  $and?: readonly F[]
  $not?: F
}
/** Of types that cannot be compared. */
export interface NullFilter {
  is?: null | 'not_null'
  not?: { is?: null }
}
