import type { WriteCall } from './call.js'
import type { Column, NamedOnce, Picked } from './columns.js'
import type { Filterable, Returned } from './rows.js'
import type { Table } from './table.js'

export interface WriteOptions {
  /**
   * What a key that a row leaves out becomes: the column's default, or null. When several rows have different keys
   * the default is used, as it would be had they been inserted one by one; an upsert of such rows is refused (PGRST102)
   * unless this is given, since it replaces what is there. Where an identity column is among the keys, its default needs
   * USAGE on the sequence, as a `serial` column's does.
   */
  readonly missing?: 'default' | 'null'
}

export interface ConflictOptions<K> extends WriteOptions {
  /** columns of a unique key, in any order; without it the primary key */
  readonly onConflict?: InAnyOrder<K>
}

/** Where the primary key cannot be looked at for conflicts: there is none, it is deferrable, or the role may not read it. */
export interface SaidConflictOptions<K> extends WriteOptions {
  /** columns of a unique key, in any order */
  readonly onConflict: InAnyOrder<K>
}

/** A key's columns in every order. Of long keys the order is not looked at, nor that all are there: types would explode. */
type InAnyOrder<K> = K extends readonly [unknown]
  ? K
  : K extends readonly (infer C)[]
    ? K['length'] extends 2 | 3 | 4 | 5
      ? Orders<C>
      : readonly C[]
    : never

type Orders<All, One = All> = [All] extends [never]
  ? readonly []
  : One extends All
    ? readonly [One, ...Orders<Exclude<All, One>>]
    : never

/** A write. `N`: what comes back without `returning`: nothing, or of an update how many rows it hit. */
export interface Write<out N = void> extends WriteCall<N> {
  /** Undoes the write after it was tried, where the server allows it: for tests. */
  rollback(): this
}

/** Of updates and deletes. */
export interface Bounded {
  /** Fails and undoes the write where it touches more rows. */
  maxAffected(rows: number): this
}

/** A write whose rows this role may read. `R`: what may come back. `B`: `Bounded` of updates and deletes. */
export interface ReturningWrite<T extends Table, R, N = void, B = unknown> extends Write<N> {
  /** The rows as they were written (deleted); without columns all that may come back. */
  returning(): Returned<T, R, B> & B
  returning<const C extends readonly Column<R>[]>(...columns: C & NamedOnce<R, C>): Returned<T, Picked<R, R, C>, B> & B
}

/** What is awaited by mistake: the compiler's error shows the words that `then` wants as its `this`. */
interface Unsaid<Words> {
  then(this: Words, fulfilled: (value: never) => unknown): never
}

/** A write that has no filter yet: awaiting it does not compile. */
export interface Unfiltered<W, F> extends Unsaid<'say which rows are meant: where(…) or all()'> {
  where(...conditions: F[]): W & Filterable<F>
  or(...alternatives: F[]): W & Filterable<F>
  not(...conditions: F[]): W & Filterable<F>
  /** Every row that the role may write. */
  all(): W
}

/** A write on a relation that the role cannot filter: all of it or nothing. */
export interface OnlyAll<W> extends Unsaid<'say that all rows are meant: all()'> {
  /** Every row that the role may write. */
  all(): W
}

/** `I`: the insert's interface. */
export interface Insertable<T extends Table, I, R> {
  /** Inserts one row or many; `returning(…)` says what comes back. */
  insert(rows: I | readonly I[], options?: WriteOptions): ReturningWrite<T, R>
}
/** Without SELECT nothing can come back. */
export interface BlindInsertable<I> {
  /** Inserts one row or many. Nothing comes back: this role may not read what it writes. */
  insert(rows: I | readonly I[], options?: WriteOptions): Write
}

/** INSERT … ON CONFLICT DO UPDATE; it sets every column given. `K`: the unique keys. */
export interface Mergeable<T extends Table, I, R, K> {
  /** Inserts rows, or sets what is given of those that are there, by the primary key or `onConflict`. */
  upsert(rows: I | readonly I[], options?: ConflictOptions<K>): ReturningWrite<T, R>
}
/** The same, where the key has to be said. */
export interface MergeableByKey<T extends Table, I, R, K> {
  /** Inserts rows, or sets what is given of those that are there, by the key that `onConflict` says. */
  upsert(rows: I | readonly I[], options: SaidConflictOptions<K>): ReturningWrite<T, R>
}
/** INSERT … ON CONFLICT DO NOTHING; only rows that were inserted come back. */
export interface Ignorable<T extends Table, I, R, K> {
  /** Inserts the rows that are not there, by the primary key or `onConflict`. */
  insertOrIgnore(rows: I | readonly I[], options?: ConflictOptions<K>): ReturningWrite<T, R>
}

/** The same, where the key has to be said. */
export interface IgnorableByKey<T extends Table, I, R, K> {
  /** Inserts the rows that are not there, by the key that `onConflict` says. */
  insertOrIgnore(rows: I | readonly I[], options: SaidConflictOptions<K>): ReturningWrite<T, R>
}

/** `F`: conditions of writes, which are about columns only. */
export interface Updatable<T extends Table, U, R, F = T['filter']> {
  /** Changes the rows that `where(…)` says, or `all()`. Gives how many it hit; `returning(…)` the rows instead. */
  update(changes: U): Unfiltered<ReturningWrite<T, R, number, Bounded> & Bounded, F>
}
export interface BlindUpdatable<T extends Table, U, F = T['filter']> {
  /** Changes the rows that `where(…)` says, or `all()`. Gives how many: this role may not read what it writes. */
  update(changes: U): Unfiltered<Write<number> & Bounded, F>
}
export interface AllUpdatable<U> {
  /** Changes all rows, and gives how many: this role may not say which. */
  update(changes: U): OnlyAll<Write<number> & Bounded>
}

export interface Deletable<T extends Table, R, F = T['filter']> {
  /** Deletes the rows that `where(…)` says, or `all()`; `returning(…)` gives them back. */
  delete(): Unfiltered<ReturningWrite<T, R, void, Bounded> & Bounded, F>
}
export interface BlindDeletable<T extends Table, F = T['filter']> {
  /** Deletes the rows that `where(…)` says, or `all()`. */
  delete(): Unfiltered<Write & Bounded, F>
}
export interface AllDeletable {
  /** Deletes all rows: this role may not say which. */
  delete(): OnlyAll<Write & Bounded>
}
