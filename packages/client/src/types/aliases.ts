import type { Single } from './columns.js'
import type { Table } from './table.js'

/** What `embed` takes beside relationships. Which queries these names may have is looked at with the row: `StrictEmbeds`. */
export interface OtherNames {
  readonly [alias: string]: unknown
}

/** What a key that names no relationship would have to be: for the error that an editor shows, which repeats the name. */
export interface NoSuchRelationship<C> {
  readonly noSuchRelationship_: readonly [C, never]
}

/** The relationship that an embed goes by: the one that its query says, the one of its name, or the only one to its relation. */
export type LinkOf<T extends Table, C, Q> = Q extends { readonly via_: infer V extends string }
  ? V
  : C extends keyof T['rels']
    ? C
    : Q extends { readonly of_: { name: infer N extends string } }
      ? Single<Links<T>[N & keyof Links<T>]>
      : never

/** The relationships by the relations to which they lead. */
type Links<T extends Table> = {
  [K in keyof T['rels'] as T['rels'][K] extends { to: { name: infer N extends string } } ? N : never]: K
}

/** What has something to show: `db.labels.as('hit')` is there for its conditions only. */
export type Showing = readonly unknown[] | { readonly shows_: object }
