import type { Call } from './call.js'
import type { Column, NamedOnce, Picked } from './columns.js'
import type { Rows, Selectable } from './rows.js'
import type { Table } from './table.js'

/** The rows that a function returns: all columns, or those of `select`, which is said first; filtered and paged like a relation's. */
export interface RowsCall<in out T extends Table>
  extends Rows<T, T['row'], 'alone'>,
    Pick<Selectable<T, 'alone'>, 'select'> {}

/** The one row that a function always returns. */
export interface RowCall<in out T extends Table, out O = T['row']> extends Call<O> {
  select<const C extends readonly Column<T['fields']>[]>(
    ...columns: C & NamedOnce<T['row'], C>
  ): RowCall<T, Picked<T['fields'], T['row'], C>>
}

/**
 * The one row that a function returns, or null where it returns none. Of columns that may all be null nobody can tell: then
 * there always is a row.
 */
export interface MaybeRowCall<in out T extends Table, out O = MaybeRow<T['row']>> extends Call<O> {
  select<const C extends readonly Column<T['fields']>[]>(
    ...columns: C & NamedOnce<T['row'], C>
  ): MaybeRowCall<T, MaybeRow<Picked<T['fields'], T['row'], C>>>
}

type MaybeRow<O> = [{ [C in keyof O]: null extends O[C] ? never : C }[keyof O]] extends [never] ? O : O | null
