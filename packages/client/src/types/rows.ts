import type { Call, WriteCall } from './call.js'
import type {
  Embeddable,
  Joined,
  Narrowed,
  Relationship,
  Seen,
  SpreadWrap,
  Table,
  ToOne,
  Which,
  Wrap,
} from './table.js'

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
  ? E extends readonly (infer K)[]
    ? Wrap<Pick<R['to']['fields'], K & keyof R['to']['fields']>>[R['w']]
    : E extends Rows<R['to'], infer O, infer W extends Embeddable>
      ? Wrap<O>[Seen[R['w']][W]]
      : never
  : never

type Spread<R, E> = R extends Relationship
  ? E extends readonly (infer K)[]
    ? SpreadWrap<Pick<R['to']['fields'], K & keyof R['to']['fields']>>[R['w']]
    : E extends Rows<R['to'], infer O, infer W extends Embeddable>
      ? SpreadWrap<O>[Seen[R['w']][W]]
      : never
  : never

/** Which rows a query is for when it has embeds: an inner one of them leaves some out. `E`: any of them. */
type WithEmbeds<W extends Which, E> = [Extract<E, { readonly which_: 'inner' }>] extends [never] ? W : Narrowed[W]

/** What a key that names no relationship would have to be: for the error that an editor shows. */
interface NoSuchRelationship {
  readonly noSuchRelationship_: never
}

/** Refuses keys that are no relationship, also beside valid ones. */
type Strict<T extends Table, E> = [keyof E] extends [keyof T['rels']]
  ? unknown
  : { [K in Exclude<keyof E, keyof T['rels']>]: NoSuchRelationship }

type JsonPaths<T extends Table> = { readonly [name: string]: readonly [keyof T['fields'], ...(string | number)[]] }

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
export type WithoutNulls<O> = O extends readonly unknown[]
  ? { [I in keyof O]: WithoutNulls<O[I]> }
  : O extends object
    ? { [C in keyof O as null extends O[C] ? never : C]: WithoutNulls<O[C]> } & {
        [C in keyof O as null extends O[C] ? C : never]?: WithoutNulls<Exclude<O[C], null>>
      }
    : O

/** What can be said of the rows that a write is about. `F`: its conditions. */
export interface Filterable<in F> {
  /** All of the conditions must hold. */
  where(...conditions: F[]): this
  /** At least one of the alternatives must hold. */
  or(...alternatives: F[]): this
  /** The conditions must not all hold. */
  not(...conditions: F[]): this
}

/** A query for rows: an immutable value that can be awaited, embedded, shared and extended. */
export interface Rows<in out T extends Table, out O, out W extends Which = Embeddable> extends Call<O[]> {
  readonly of_: T
  readonly which_: W
  /** All of the conditions must hold. */
  where(...conditions: T['filter'][]): Rows<T, O, Narrowed[W]>
  /** At least one of the alternatives must hold. */
  or(...alternatives: T['filter'][]): Rows<T, O, Narrowed[W]>
  /** The conditions must not all hold. */
  not(...conditions: T['filter'][]): Rows<T, O, Narrowed[W]>
  /** Related rows: by relationship a list of columns, or any query over the related table. */
  embed<const E extends T['embeds']>(
    embeds: E & Strict<T, E>,
  ): Rows<
    T,
    O & { -readonly [C in keyof E]: Embedded<T['rels'][C & keyof T['rels']], E[C]> },
    WithEmbeds<W, E[keyof E]>
  >
  /** Columns of related rows among this row's own: single values of a to-one relationship, lists of a to-many one. */
  spread<C extends keyof T['rels'] & keyof T['embeds'], const E extends NonNullable<T['embeds'][C]>>(
    relationship: C,
    columns: E,
  ): Rows<T, O & Spread<T['rels'][C], E>, WithEmbeds<W, E>>
  /** Values inside JSON or composite columns: `{ city: ['address', 'city'] }`. */
  json<const P extends JsonPaths<T>>(paths: P): Rows<T, O & { -readonly [C in keyof P]: unknown }, W>
  /** The same as text. */
  text<const P extends JsonPaths<T>>(paths: P): Rows<T, O & { -readonly [C in keyof P]: string | null }, W>
  /** Aggregates, grouped by the other columns: `{ revenue: { sum: 'total' }, orders: 'count' }`. */
  aggregate<const A extends Aggregates<T>>(aggregates: A): Rows<T, O & AggregatesOf<T, A>, W>
  order(column: T['ordered'], direction?: 'asc' | 'desc', options?: OrderOptions): this
  /** Order by a column of a to-one relationship: of those that its embed shows, if there is one. */
  orderBy<C extends keyof T['rels'] & string, S = O>(
    relationship: C,
    column: T['rels'][C] extends ToOne
      ? T['rels'][C]['to']['ordered'] & (C extends keyof S ? keyof NonNullable<S[C]> : unknown)
      : never,
    direction?: 'asc' | 'desc',
    options?: OrderOptions,
  ): this
  limit(rows: number): this
  /** As an embed of one row: none is left. */
  offset(rows: number): Rows<T, O, Narrowed[W]>
  /** As an embed: keep only parents that have a match. */
  inner(): Rows<T, O, Joined[W]>
  /** Exactly one row; otherwise it fails with PGRST116. */
  one(): Call<O>
  /** One row or null; several fail. */
  maybe(): Call<O | null>
  withCount(kind?: CountKind): Call<{ rows: O[]; count: number }>
  /** The number of rows, without the rows. */
  count(kind?: CountKind): Call<number>
  /** Page after page, up to the limit: by primary key where the order allows it, by offset otherwise. */
  pages(size: number): AsyncIterable<O[]>
  csv(): Call<string>
  /** PostgreSQL's plan for the query, where the server allows to ask. */
  explain(options?: ExplainOptions): Call<unknown>
  /** Leaves keys that are null out of the response: of all of it, so it is said last, and not of an embed. */
  stripNulls<S = WithoutNulls<O>>(): Rows<T, S, 'alone'>
}

/** Rows that come back from a write. */
export interface Returned<in out T extends Table, out O> extends WriteCall<O[]> {
  /** Related rows, as they are after the write. */
  embed<const E extends T['embeds']>(
    embeds: E & Strict<T, E>,
  ): Returned<T, O & { -readonly [C in keyof E]: Embedded<T['rels'][C & keyof T['rels']], E[C]> }>
  /** Values inside JSON or composite columns. */
  json<const P extends JsonPaths<T>>(paths: P): Returned<T, O & { -readonly [C in keyof P]: unknown }>
  /** The same as text. */
  text<const P extends JsonPaths<T>>(paths: P): Returned<T, O & { -readonly [C in keyof P]: string | null }>
  /** Exactly one row; otherwise it fails with PGRST116 and the write is undone. */
  one(): WriteCall<O>
  /** One row or null; several fail, though they are written. */
  maybe(): WriteCall<O | null>
  csv(): WriteCall<string>
  /** Leaves keys that are null out of the response: of all of it, so it is said last. */
  stripNulls<S = WithoutNulls<O>>(): Returned<T, S>
  /** Fails and undoes the write where it touches more rows. */
  maxAffected(rows: number): this
  /** Undoes the write after it was tried, where the server allows it: for tests. */
  rollback(): this
}

/** `W`: all of a relation, or what a function returns. */
export interface Selectable<T extends Table, W extends Which = 'all'> {
  /** Rows with these columns; without any, with all that the role may read. */
  select<K extends keyof T['fields'] & string = keyof T['row'] & string>(
    ...columns: K[]
  ): Rows<T, Pick<T['fields'], K>, W>
  /** Aggregates of all rows: one row. For one by group: `select('status').aggregate({ orders: 'count' })`. */
  aggregate<const A extends Aggregates<T>>(aggregates: A): Rows<T, AggregatesOf<T, A>, W>
}
