/** A relation or routine as an app names it. `schema` null: the first exposed one. */
export interface ObjectName {
  readonly schema: string | null
  readonly name: string
}

/** Columns by the database's names. every: `*`, all that there are. unknown: any of them may be meant. */
export type Columns = readonly string[] | 'every' | 'unknown'

/** An embedded relation: `request!hint(columns, embeds)`, and which of its columns conditions and orders name. */
export interface EmbedUse {
  readonly request: string
  readonly hint: string | null
  readonly columns: Columns
  readonly embeds: readonly EmbedUse[]
}

/** One thing that a call of an app says. Calls are built step by step, so what they need is the sum of their steps. */
export type Use =
  /** selected, filtered or ordered by */
  | { readonly kind: 'read'; readonly relation: ObjectName; readonly columns: Columns }
  | { readonly kind: 'embed'; readonly relation: ObjectName; readonly embed: EmbedUse }
  /** the same of the rows of a function, whose own columns need no privilege */
  | { readonly kind: 'embed in result'; readonly routine: ObjectName; readonly embed: EmbedUse }
  /** `optional`: those of `columns` that a row may leave out, so that defaults are computed */
  | {
      readonly kind: 'insert'
      readonly relation: ObjectName
      readonly columns: Columns
      readonly optional: readonly string[]
    }
  /** ON CONFLICT. `key` null: the primary key */
  | {
      readonly kind: 'conflict'
      readonly relation: ObjectName
      readonly key: readonly string[] | 'unknown' | null
      /** columns that DO UPDATE sets; null: DO NOTHING */
      readonly merged: Columns | null
    }
  | { readonly kind: 'update'; readonly relation: ObjectName; readonly columns: Columns }
  | { readonly kind: 'delete'; readonly relation: ObjectName }
  /** conditions of writes, and what they return */
  | { readonly kind: 'read while writing'; readonly relation: ObjectName; readonly columns: Columns }
  | { readonly kind: 'call'; readonly routine: ObjectName; readonly arguments: readonly string[] | 'unknown' }
  /** it cannot be told what is asked of which relation: any of these privileges, in capitals; null: of all */
  | { readonly kind: 'anything'; readonly privileges: readonly string[] | null }

/** Where an app says something, as which roles. */
export interface AppUse {
  /** empty, of what cannot be told: any */
  readonly roles: readonly string[]
  readonly use: Use
}
