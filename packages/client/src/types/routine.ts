import type { Call } from './call.js'
import type { Rows, Selectable } from './rows.js'
import type { Table } from './table.js'

/** The rows that a function returns: all columns, or those of `select`, filtered and paged like a relation's. */
export interface RowsCall<in out T extends Table> extends Rows<T, T['row']>, Pick<Selectable<T>, 'select'> {}

/** The one row that a function returns. */
export interface RowCall<in out T extends Table, out O = T['row']> extends Call<O> {
  select<K extends keyof T['fields'] & string>(...columns: K[]): RowCall<T, Pick<T['fields'], K>>
}
