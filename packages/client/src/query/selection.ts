import type { ColumnKind } from '../metadata.js'

/** A parameter of the URL, as text that is not percent-encoded yet. */
export type Parameter = readonly [name: string, value: string]

/** One entry of a select list. */
export interface Item {
  /** as the URL has it, without its alias; of an embed: the relation and what follows `!` */
  readonly text: string
  /** what it would be called without an alias: of a column its name, of an embed the relation's */
  readonly own?: string
  /** of an embed: what is asked of the other relation */
  readonly of?: Selection
  /** of an embed: the relationship's name */
  readonly relationship?: string
  /** of an embed: the other relation, by the database's name */
  readonly to?: string
  readonly isSpread?: boolean
  readonly isAggregate?: boolean
  readonly kind?: ColumnKind | undefined
  /** of a value inside of a column */
  readonly inside?: Inside
}

/** Where a value is: in a column, by the database's name; by `->` in the end, or as text by `->>`. */
export interface Inside {
  readonly column: string
  readonly path: readonly (string | number)[]
  readonly last?: string | undefined
  /** the column's kind, or `J` where comparisons see text */
  readonly kind: ColumnKind | undefined
}

/** One term of an order. `end`: the direction, and where nulls are. */
export interface OrderTerm {
  readonly column: string
  readonly path?: readonly (string | number)[] | undefined
  /** what leads to the last step of the path: by default `->` */
  readonly last?: string | undefined
  /** the relationship whose row has the column */
  readonly embed?: string | undefined
  readonly end: string
}

/** What is asked of one relation: of the request's own, or of an embedded one. */
export interface Selection {
  /** by the key that the rows have; the columns of a spread embed have keys of their own */
  readonly items: ReadonlyMap<string, Item>
  /** embeds that conditions and orders are about: none of them is in the rows */
  readonly related: ReadonlyMap<string, Item>
  /** all of them hold */
  readonly where: readonly Parameter[]
  readonly order: readonly OrderTerm[]
  readonly limit?: number
  readonly offset?: number
  /** as an embed: `!inner` */
  readonly inner?: boolean
}

export const nothing: Selection = { items: new Map(), related: new Map(), where: [], order: [] }
