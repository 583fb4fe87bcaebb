/**
 * What the generator writes for one relation as one role sees it: named, concrete interfaces. Everything generic in
 * this package only picks from them, which is what keeps type-checking cheap.
 */
export interface Table {
  /** the relation's name: a brand, so that two relations of the same shape are not interchangeable */
  name: string
  /** the columns that `select()` gives */
  row: object
  /** the row, and computed fields, which are selected by name only */
  fields: object
  /** conditions by column and by relationship */
  filter: object
  /** relationships: `One`, `Maybe` or `Many` of another table */
  rels: object
  /** what `embed()` takes, by relationship */
  embeds: object
  /** the fields that rows can be ordered by */
  ordered: string
  /** those that min() and max() take */
  ranked: string
  /** those that sum() and avg() take */
  summed: string
}

/** A relationship to one row that this role always finds. */
export interface One<T> {
  to: T
  w: 'one'
}
/** A relationship to one row that may be absent, or hidden from this role by row-level security. */
export interface Maybe<T> {
  to: T
  w: 'maybe'
}
/** A relationship to any number of rows. */
export interface Many<T> {
  to: T
  w: 'many'
}

export interface Relationship {
  to: Table
  w: keyof Wrap<0>
}

/** To at most one row. */
export interface ToOne {
  to: Table
  w: 'one' | 'maybe'
}

/** What an embed of `O` looks like in its parent's row. */
export interface Wrap<O> {
  one: O
  maybe: O | null
  many: O[]
}

/** A row that may be absent, as its columns show it. */
export type OrNull<O> = { [C in keyof O]: O[C] | null }

/** What a spread embed of `O` adds to its parent's row. */
export interface SpreadWrap<O> {
  one: O
  maybe: OrNull<O>
  many: { [C in keyof O]: O[C][] }
}

/**
 * How a query may be embedded. inner: parents without any of its rows are left out; outer: they are not; alone: not at all,
 * as a function's.
 */
export type Which = 'outer' | 'inner' | 'alone'
export type Embeddable = Exclude<Which, 'alone'>

/** What `inner()` makes of it. */
export interface Joined {
  outer: 'inner'
  inner: 'inner'
  alone: 'alone'
}

/**
 * The cardinality that a parent sees of a query's rows: a query may have conditions, which no type follows, so that it
 * can be built step by step.
 */
export interface Seen {
  one: { outer: 'maybe'; inner: 'one' }
  maybe: { outer: 'maybe'; inner: 'one' }
  many: { outer: 'many'; inner: 'many' }
}
