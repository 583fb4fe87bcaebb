import type { Query, Selection } from '@rolecast/grammar'
import type { Context } from '../http/context.js'
import type { Answer } from '../http/send.js'
import type { RelationMeta, SchemaMeta } from '../metadata.js'

/** All that a builder holds. Never changed: each step makes another. */
export interface State {
  readonly context: Context
  readonly schema: SchemaMeta
  readonly meta: RelationMeta
  readonly query: Query
  /** makes the result of the answer */
  readonly read: (answer: Answer, state: State) => unknown
  /** as an embed: `!inner` */
  readonly inner?: boolean
  /** a write of which nobody has said yet which rows it is for */
  readonly unfiltered?: boolean
}

export const noSelection: Selection = { items: [], where: [], order: [], limit: null, offset: null }
