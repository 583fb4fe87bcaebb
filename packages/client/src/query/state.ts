import type { PrintedRequest } from '@rolecast/grammar'
import type { Context } from '../http/context.js'
import type { ColumnKind, RelationMeta, SchemaMeta } from '../metadata.js'

/** A parameter of the URL, as text that is not percent-encoded yet. */
export type Parameter = readonly [name: string, value: string]

/** One entry of a select list. */
export interface Item {
  /** as the URL has it; of an embed without what is in its parentheses */
  readonly text: string
  /** of an embed: what is asked of the other relation */
  readonly of?: Selection
  /** of an embed: the other relation, by the database's name */
  readonly to?: string
  /** of an embed: what the parameters about it begin with */
  readonly prefix?: string
  readonly isSpread?: boolean
  readonly isAggregate?: boolean
  readonly kind?: ColumnKind | undefined
}

/** What is asked of one relation: of the request's own, or of an embedded one. */
export interface Selection {
  /** by the key that the rows have; the columns of a spread embed have keys of their own */
  readonly items: ReadonlyMap<string, Item>
  /** all of them hold */
  readonly where: readonly Parameter[]
  readonly order: string
  readonly limit?: number
  readonly offset?: number
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
  /** as an embed: `!inner` */
  readonly inner?: boolean
  /** a write of which nobody has said yet which rows it is for */
  readonly unfiltered?: boolean | undefined
}

export const nothing: Selection = { items: new Map(), where: [], order: '' }
