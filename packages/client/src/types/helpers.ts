import type { Selectable } from './rows.js'
import type { Table } from './table.js'

/** The row of a query, of one() and maybe(), of withCount(): `Row<typeof query>`. */
export type Row<Q extends { readonly gives_: unknown }> = Q['gives_'] extends readonly (infer O)[]
  ? O
  : Q['gives_'] extends { readonly rows: readonly (infer O)[]; readonly count: number }
    ? O
    : NonNullable<Q['gives_']>

/** What `insert` of a relation takes: `Insert<typeof db.orders>`. */
export type Insert<A extends { insert(row: never): unknown }> = One<Parameters<A['insert']>[0]>

/** What `update` of a relation takes: `Update<typeof db.orders>`. */
export type Update<A extends { update(changes: never): unknown }> = Parameters<A['update']>[0]

type One<R> = Exclude<R, readonly unknown[]>

/** The conditions of a relation: `Conditions<typeof db.orders>`. */
export type Conditions<A> = A extends Selectable<infer T> ? T['filter'] : never

/**
 * Any table with these columns, for functions over several of them:
 * `<T extends TableWith<'id'>>(relation: Selectable<T>, id: T['filter']['id']) => relation.select().where({ id })`.
 */
export interface TableWith<C extends string> extends Table {
  row: { [K in C]: unknown }
  fields: { [K in C]: unknown }
  filter: { [K in C]?: unknown }
}
