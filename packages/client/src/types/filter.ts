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

/** A range as PostgreSQL writes it: `[1,5)`, `(,"2026-01-01 00:00:00"]`, `empty`. */
export type RangeText = 'empty' | `${'[' | '('}${string},${string}${']' | ')'}`
/** A multirange as PostgreSQL writes it: `{[1,5),[7,9)}`. */
export type MultirangeText = `{${string}}`

/** `R`: a range. `O`: what it is compared with by place. `V`: a value in it, where a text of it cannot be taken for a range. */
interface RangesOperators<R, O, V> extends Operators<R> {
  /** contains all of it, or the value. `[value,value]` is asked for, so the greatest int4 and int8 are out of range. */
  cs?: O | V
  /** is contained in */
  cd?: O
  /** overlaps */
  ov?: O
  /** strictly left of */
  sl?: O
  /** strictly right of */
  sr?: O
  /** does not extend to the right of */
  nxr?: O
  /** does not extend to the left of */
  nxl?: O
  /** is adjacent to */
  adj?: O
  not?: RangesOperators<R, O, V>
}

export interface RangeOperators<V> extends RangesOperators<RangeText, RangeText, V> {}
export interface MultirangeOperators<V> extends RangesOperators<MultirangeText, MultirangeText | RangeText, V> {}

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

/** What JSON has besides lists and objects. */
type JsonScalar = string | number | bigint | boolean

/**
 * Comparisons inside a document are between values of one type: numbers with numbers, texts with texts. The others are
 * about its text.
 */
export interface InsideOperators extends Omit<TextOperators, keyof Operators<string>> {
  eq?: JsonScalar | Quantified<JsonScalar>
  /** differs, in type or value; what is not there is left out */
  neq?: JsonScalar
  gt?: JsonScalar
  gte?: JsonScalar
  lt?: JsonScalar
  lte?: JsonScalar
  in?: readonly JsonScalar[]
  /** differs, where nothing counts as a value */
  isdistinct?: JsonScalar
  /** null: there is nothing, or a null */
  is?: null | 'not_null'
  not?: InsideOperators
}

/** A condition on what is found at `path`: `{ path: ['address', 'city'], ilike: 'b*' }`, `{ path: ['size'], gte: 9 }`. */
export type PathFilter = { readonly path: readonly (string | number)[] } & InsideOperators

/** A condition on a JSON document, or on what is in it. */
export type JsonFilter = JsonOperators | PathFilter
/** On what has a name of its own, inside of a document. */
export type InsideFilter = JsonScalar | readonly JsonScalar[] | InsideOperators
/** Of what cannot be compared as a whole, but has parts: composites, hstore. */
export type PartsFilter = NullFilter | PathFilter
/** Of `json`, whose parts PostgreSQL compares as text only. */
export type TextPartsFilter = NullFilter | ({ readonly path: readonly (string | number)[] } & TextOperators)

/** A bare value means equality; a list, one of; null, IS NULL (where the column is nullable). */
export type Filter<V> = V | readonly V[] | Operators<V>
export type EqualityFilter<V> = V | readonly V[] | EqualityOperators<V>
export type TextFilter = string | readonly string[] | TextOperators
export type BooleanFilter = boolean | readonly boolean[] | BooleanOperators
/** `V`: what a range has in it; never, where a text of it may look like a range. */
export type RangeFilter<V> = RangeText | readonly RangeText[] | RangeOperators<V>
export type MultirangeFilter<V> = MultirangeText | readonly MultirangeText[] | MultirangeOperators<V>
/** A bare list means equality. */
export type ArrayFilter<E> = readonly E[] | ArrayOperators<E>
export type SearchFilter = SearchOperators & { is?: null | 'not_null'; not?: SearchOperators }

/** Trees of conditions, anywhere in a filter. */
export interface Logic<F> {
  $or?: readonly F[]
  $and?: readonly F[]
  $not?: F
}
/** `F`, and conditions on what `json` and `text` gave names: `C`. */
export type WithNames<F, C> = Omit<F, '$or' | '$and' | '$not'> & C & Logic<WithNames<F, C>>
/** Of types that cannot be compared. */
export interface NullFilter {
  is?: null | 'not_null'
  not?: { is?: null }
}
