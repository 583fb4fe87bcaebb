import type { PrintedRequest } from '@rolecast/grammar'
import type { Context } from '../http/context.js'
import type { RelationMeta, SchemaMeta } from '../metadata.js'
import type { Parameter, Selection } from './selection.js'

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
