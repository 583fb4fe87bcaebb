import type { Selectable } from './rows.js'

/** The row of a query, of one() and maybe(), of withCount(): `Row<typeof query>`. */
export type Row<Q extends PromiseLike<unknown>> =
  Awaited<Q> extends readonly (infer O)[]
    ? O
    : Awaited<Q> extends { readonly rows: readonly (infer O)[]; readonly count: number }
      ? O
      : NonNullable<Awaited<Q>>

/** What `insert` of a relation takes: `Insert<typeof db.orders>`. */
export type Insert<A extends { insert(row: never): unknown }> = One<Parameters<A['insert']>[0]>

/** What `update` of a relation takes: `Update<typeof db.orders>`. */
export type Update<A extends { update(changes: never): unknown }> = Parameters<A['update']>[0]

type One<R> = Exclude<R, readonly unknown[]>

/** The conditions of a relation: `Conditions<typeof db.orders>`. */
export type Conditions<A> = A extends Selectable<infer T> ? T['filter'] : never
