import type { NameTaken, Single } from './columns.js'
import type { Embeddable, Table } from './table.js'

/** What `embed` takes by other names than relationships have: queries; lists of columns only by these. */
export interface EmbedsByAlias {
  readonly [alias: string]: readonly PropertyKey[] | { readonly of_: Table; readonly which_: Embeddable }
}

/** A query that says by which relationship it is embedded, where several lead to its relation. */
export interface Via<R> {
  readonly via_: R
}

/** What a key that names no relationship would have to be: for the error that an editor shows. */
export interface NoSuchRelationship {
  readonly noSuchRelationship_: never
}

/** The relationship that an embed goes by: the one of its name, the one that it says, or the only one to its relation. */
export type LinkOf<T extends Table, C, Q> = C extends keyof T['rels']
  ? C
  : Q extends Via<infer R>
    ? R & keyof T['rels']
    : Q extends { readonly of_: { name: infer N } }
      ? Single<LinksTo<T, N>>
      : never

type LinksTo<T extends Table, N> = {
  [K in keyof T['rels']]: T['rels'][K] extends { to: { name: N } } ? K : never
}[keyof T['rels']]

/** Refuses names that the row has, and queries to which no relationship leads, or several. */
export type StrictAliases<T extends Table, E, O> = {
  [C in keyof E]: C extends keyof O
    ? NameTaken
    : [LinkOf<T, C, E[C]>] extends [never]
      ? NoSuchRelationship
      : C extends keyof T['embeds']
        ? T['embeds'][C]
        : unknown
}
