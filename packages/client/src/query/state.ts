import type { PrintedRequest } from '@rolecast/grammar'
import type { Context } from '../http/context.js'
import type { ColumnKind, RelationMeta, SchemaMeta } from '../metadata.js'

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
}

/** One term of an order. `end`: the direction, and where nulls are. */
export interface OrderTerm {
  readonly column: string
  readonly path?: readonly (string | number)[] | undefined
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

/** All that a builder holds. Never changed: each step makes another. */
export interface State extends Selection {
  readonly context: Context
  readonly schema: SchemaMeta
  readonly meta: RelationMeta
  readonly method: PrintedRequest['method']
  readonly path: string
  /** null: the API's default schema, which needs no name */
  readonly profile: string | null
  readonly headers: PrintedRequest['headers']
  /** the header `Prefer` (RFC 7240) */
  readonly prefer: Readonly<Record<string, string | number>>
  readonly body?: PrintedRequest['body']
  /** makes the result of the answer */
  readonly read: (text: string, state: State, response: Response) => unknown
  /** of a function that is called by GET: its arguments, and what is sent instead of them by POST */
  readonly post?: {
    readonly parameters: readonly Parameter[]
    readonly content: Pick<State, 'headers' | 'body'>
  }
  /** tells results that are made of the same answer apart */
  readonly form?: string
  /** as an embed: what the request calls it */
  readonly alias?: string
  /** as an embed: the relationship that leads to it, where several do */
  readonly via?: string
  /** a write of which nobody has said yet which rows it is for */
  readonly unfiltered?: boolean | undefined
}

/** Whatever has the state of a query. */
export interface Query {
  readonly state: State
}

export const nothing: Selection = { items: new Map(), related: new Map(), where: [], order: [] }
