import type { LinkOf, NoSuchRelationship, OtherNames, Showing } from './aliases.js'
import type { Call, WriteCall } from './call.js'
import type { Column, Flat, Named, NamedOnce, NameTaken, Picked } from './columns.js'
import type { InsideFilter, TextFilter, WithNames } from './filter.js'
import type { Embeddable, Joined, Relationship, Seen, SpreadWrap, Table, ToOne, Which, Wrap } from './table.js'

export type CountKind = 'exact' | 'planned' | 'estimated'

/** `path`: into a JSON column. */
export interface OrderOptions {
  readonly nulls?: 'first' | 'last'
  readonly path?: readonly (string | number)[]
}

export interface ExplainOptions {
  readonly analyze?: boolean
  readonly verbose?: boolean
  readonly settings?: boolean
  readonly buffers?: boolean
  readonly wal?: boolean
  readonly format?: 'json' | 'text'
}

/** What an embed yields: a list of columns, or any query over the related table. */
type Embedded<R, E> = R extends Relationship
  ? E extends readonly unknown[]
    ? Wrap<Named<R['to']['fields'], E>>[R['w']]
    : E extends Rows<R['to'], infer O, infer W extends Embeddable, infer _N, infer _V>
      ? Wrap<Flat<O>>[Seen[R['w']][W]]
      : never
  : never

/** What an embed yields; never, where no relationship leads there, or several do. */
type ByAlias<T extends Table, C, Q> = Embedded<T['rels'][LinkOf<T, C, Q> & keyof T['rels']], Q>

/** What embeds add to a row. */
type Embeds<T extends Table, E> = [keyof E] extends [keyof T['rels']]
  ? { -readonly [C in keyof E]: Embedded<T['rels'][C & keyof T['rels']], E[C]> }
  : { -readonly [C in keyof E as E[C] extends Showing ? C : never]: ByAlias<T, C, E[C]> }

/** Refuses names that the row has, and queries to which no relationship leads, or several. */
type StrictEmbeds<T extends Table, E, O> = [keyof E] extends [keyof T['rels']]
  ? NewNames<E, O>
  : {
      [C in keyof E]: C extends keyof O
        ? NameTaken
        : E[C] extends readonly unknown[]
          ? C extends keyof T['embeds']
            ? T['embeds'][C]
            : NoSuchRelationship<C>
          : [ByAlias<T, C, E[C]>] extends [never]
            ? NoSuchRelationship<C>
            : unknown
    }

type Spread<R, E> = R extends Relationship
  ? E extends readonly unknown[]
    ? SpreadWrap<Named<R['to']['fields'], E>>[R['w']]
    : E extends Rows<R['to'], infer O, infer W extends Embeddable, infer _N, infer _V>
      ? SpreadWrap<O>[Seen[R['w']]['outer' extends W ? 'outer' : 'inner']]
      : never
  : never

/** Refuses keys that are no relationship, also beside valid ones, and names that the row has. */
type Strict<T extends Table, E, O> = [keyof E] extends [keyof T['rels']]
  ? NewNames<E, O>
  : { [K in Exclude<keyof E, keyof T['rels']>]: NoSuchRelationship<K> }

/** Refuses names that a row has. */
type NewNames<E, O> = [keyof E & keyof O] extends [never] ? unknown : { [K in keyof E & keyof O]: NameTaken }

type JsonPaths<T extends Table> = { readonly [name: string]: readonly [keyof T['fields'], ...(string | number)[]] }
type TextPaths<T extends Table> = {
  readonly [name: string]: readonly [keyof T['fields'], string | number, ...(string | number)[]]
}

/** What conditions and orders may name: of a relation, and what `json` and `text` gave names to. */
interface Names {
  filter: object
  ordered: PropertyKey
}

/** With the names that `P` gives, where the relation has none of its own. */
interface ByName<N extends Names, P, V> {
  filter: WithNames<N['filter'], { readonly [C in Exclude<keyof P, keyof N['filter']>]?: V | null }>
  ordered: N['ordered'] | keyof P
}

export type AggregateFunction = 'sum' | 'avg' | 'min' | 'max' | 'count'
interface Aggregate<T extends Table> {
  readonly sum?: T['summed']
  readonly avg?: T['summed']
  readonly min?: T['ranked']
  readonly max?: T['ranked']
  readonly count?: keyof T['fields']
}
/** `'count'` counts rows; `{ sum: 'total' }` and the like work on a column. */
export interface Aggregates<T extends Table> {
  readonly [name: string]: 'count' | Aggregate<T>
}
type Aggregated<T extends Table, A> = A extends 'count' | { readonly count: unknown }
  ? number
  : A extends { readonly avg: infer C extends keyof T['fields'] }
    ? (T['fields'][C] extends bigint | null ? string : T['fields'][C]) | null
    : A extends { readonly [F in AggregateFunction]?: infer C extends keyof T['fields'] }
      ? T['fields'][C] | null
      : never

type AggregatesOf<T extends Table, A> = { -readonly [C in keyof A]: Aggregated<T, A[C]> }

/**
 * A row from which nulls were stripped, in related rows and composites, too: what was nullable is optional. (Not covariant;
 * hence a default below.)
 */
export type WithoutNulls<O> = O extends Date
  ? O
  : O extends readonly unknown[]
    ? { [I in keyof O]: WithoutNulls<O[I]> }
    : O extends object
      ? Flat<
          { [C in keyof O as null extends O[C] ? never : C]: WithoutNulls<O[C]> } & {
            [C in keyof O as null extends O[C] ? C : never]?: WithoutNulls<Exclude<O[C], null>>
          }
        >
      : O

/** A condition, or none: what `flag && condition` is. */
export type Falsy = false | null | undefined | '' | 0

/** What can be said of the rows that a write is about. `F`: its conditions. */
export interface Filterable<in F> {
  /** All of the conditions must hold. */
  where(...conditions: F[]): this
  /** At least one of the alternatives must hold. */
  or(...alternatives: F[]): this
  /** The conditions must not all hold. */
  not(...conditions: F[]): this
}

/**
 * A query for rows: an immutable value that can be awaited, embedded, shared and extended. `N`: what its conditions and
 * orders may name, to which `json` and `text` add.
 */
export interface Rows<
  in out T extends Table,
  out O,
  out W extends Which = Embeddable,
  in N extends Names = T,
  out V = null,
> extends Call<Flat<O>[]> {
  readonly of_: T
  readonly which_: W
  readonly via_: V
  readonly shows_: O
  /** All of the conditions must hold. */
  where(...conditions: (N['filter'] | Falsy)[]): this
  /** At least one of the alternatives must hold. */
  or(...alternatives: (N['filter'] | Falsy)[]): this
  /** The conditions must not all hold. */
  not(...conditions: (N['filter'] | Falsy)[]): this
  /**
   * Related rows: by relationship a list of columns, or any query over the related table. Queries under other names: one
   * relation several times, or, with `db.labels.as('hit')`, for its conditions only.
   */
  embed<const E extends T['embeds'] & OtherNames>(embeds: E & StrictEmbeds<T, E, O>): Rows<T, O & Embeds<T, E>, W, N, V>
  /** As an embed under another name: the relationship that leads to it. */
  via<R extends string>(relationship: R): Rows<T, O, W, N, R>
  /** Columns of related rows among this row's own: single values of a to-one relationship, lists of a to-many one. */
  spread<C extends keyof T['rels'] & keyof T['embeds'], const E extends NonNullable<T['embeds'][C]>>(
    relationship: C,
    columns: E & NewNames<Spread<T['rels'][C], E>, O>,
  ): Rows<T, O & Spread<T['rels'][C], E>, W, N, V>
  /** Values inside JSON or composite columns: `{ city: ['address', 'city'] }`. By these names they are conditions and orders, too. */
  json<const P extends JsonPaths<T>>(
    paths: P & NewNames<P, O>,
  ): Rows<T, O & { -readonly [C in keyof P]: unknown }, W, ByName<N, P, InsideFilter>, V>
  /** The same as text. */
  text<const P extends TextPaths<T>>(
    paths: P & NewNames<P, O>,
  ): Rows<T, O & { -readonly [C in keyof P]: string | null }, W, ByName<N, P, TextFilter>, V>
  /** Aggregates, grouped by the other columns: `{ revenue: { sum: 'total' }, orders: 'count' }`. */
  aggregate<const A extends Aggregates<T>>(aggregates: A & NewNames<A, O>): Rows<T, O & AggregatesOf<T, A>, W, N, V>
  order(column: N['ordered'], direction?: 'asc' | 'desc', options?: OrderOptions): this
  /** Order by a column of a to-one relationship. */
  orderBy<C extends keyof T['rels'] & string>(
    relationship: C,
    column: T['rels'][C] extends ToOne ? T['rels'][C]['to']['ordered'] : never,
    direction?: 'asc' | 'desc',
    options?: OrderOptions,
  ): this
  limit(rows: number): this
  offset(rows: number): this
  /** As an embed: keep only parents that have a match. */
  inner(): Rows<T, O, Joined[W], N, V>
  /** Exactly one row; otherwise it fails with PGRST116. */
  one(): Call<Flat<O>>
  /** One row or null; several fail. */
  maybe(): Call<Flat<O> | null>
  withCount(kind?: CountKind): Call<{ rows: Flat<O>[]; count: number }>
  /** The number of rows, without the rows. */
  count(kind?: CountKind): Call<number>
  /** Page after page, up to the limit: by primary key where the order allows it, by offset otherwise. */
  pages(size: number): AsyncIterable<Flat<O>[]>
  csv(): Call<string>
  /** PostgreSQL's plan for the query, where the server allows to ask. */
  explain(options?: ExplainOptions): Call<unknown>
  /** Leaves keys that are null out of the response: of all of it, so it is said last, and not of an embed. */
  stripNulls<S = WithoutNulls<O>>(): Rows<T, S, 'alone', N>
}

/** Whether the related rows that an embed shows are some or none; or a query of which there have to be rows. */
export type Presence<T extends Table = Table> = 'some' | 'none' | Rows<T, unknown>

/** Rows that come back from a write. `B`: `Bounded` of updates and deletes. */
export interface Returned<in out T extends Table, out O, B = unknown> extends WriteCall<Flat<O>[]> {
  /** Related rows, as they are after the write. */
  embed<const E extends T['embeds']>(
    embeds: E & Strict<T, E, O>,
  ): Returned<T, O & { -readonly [C in keyof E]: Embedded<T['rels'][C & keyof T['rels']], E[C]> }, B> & B
  /** Values inside JSON or composite columns. */
  json<const P extends JsonPaths<T>>(
    paths: P & NewNames<P, O>,
  ): Returned<T, O & { -readonly [C in keyof P]: unknown }, B> & B
  /** The same as text. */
  text<const P extends TextPaths<T>>(
    paths: P & NewNames<P, O>,
  ): Returned<T, O & { -readonly [C in keyof P]: string | null }, B> & B
  /** Exactly one row; otherwise it fails with PGRST116 and the write is undone. */
  one(): WriteCall<Flat<O>>
  /** One row or null; several fail, though they are written. */
  maybe(): WriteCall<Flat<O> | null>
  csv(): WriteCall<string>
  /** Leaves keys that are null out of the response: of all of it, so it is said last. */
  stripNulls<S = WithoutNulls<O>>(): Returned<T, S, B> & B
  /** Undoes the write after it was tried, where the server allows it: for tests. */
  rollback(): this
}

/** `W`: all of a relation, or what a function returns. */
export interface Selectable<T extends Table, W extends Which = Embeddable> {
  /** The columns that `select()` gives. */
  readonly columns: readonly (keyof T['row'] & string)[]
  /** Nothing of it, for conditions beside an embed that shows it: `.embed({ hit: db.labels.as('hit').where(…).inner() })`. */
  as(alias: string): Rows<T, unknown, W>
  /** Rows with all columns that the role may read. */
  select(): Rows<T, T['row'], W>
  /** Rows with these columns. Those chosen at run time are optional. */
  select<C extends readonly (keyof T['fields'])[]>(...columns: C): Rows<T, Named<T['fields'], C>, W>
  /** The same. `*`: all; `{ naam: 'name' }`: under another name. */
  select<const C extends readonly Column<T['fields']>[]>(
    ...columns: C & NamedOnce<T['row'], C>
  ): Rows<T, Picked<T['fields'], T['row'], C>, W>
  /** Aggregates of all rows: one row. For one by group: `select('status').aggregate({ orders: 'count' })`. */
  aggregate<const A extends Aggregates<T>>(aggregates: A): Rows<T, AggregatesOf<T, A>, W>
}
