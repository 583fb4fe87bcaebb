import type { Call } from './call.js'
import type { Column, NamedOnce, Picked } from './columns.js'
import type { Rows, Selectable } from './rows.js'
import type { OrNull, Table } from './table.js'

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

/** The one row that a function returns: with null in all columns where it returns none. */
export interface MaybeRowCall<in out T extends Table, out O = OrNull<T['row']>> extends Call<O> {
  select<const C extends readonly Column<T['fields']>[]>(
    ...columns: C & NamedOnce<T['row'], C>
  ): MaybeRowCall<T, OrNull<Picked<T['fields'], T['row'], C>>>
}
