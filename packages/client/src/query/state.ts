import type { Query, SelectItem, Selection } from '@rolecast/grammar'
import type { Context } from '../http/context.js'
import type { Answer } from '../http/send.js'
import type { ColumnKind, RelationMeta, SchemaMeta } from '../metadata.js'
import { type Reviver, reviverOf } from './revive.js'
import { castOf, fieldOf, selectField } from './select-items.js'

/** All that a builder holds. Never changed: each step makes another. */
export interface State {
  readonly context: Context
  readonly schema: SchemaMeta
  readonly meta: RelationMeta
  readonly query: Query
  readonly reviver: Reviver
  /** makes the result of the answer */
  readonly read: (answer: Answer, state: State) => unknown
  /** as an embed: `!inner` */
  readonly inner?: boolean
  /** a write of which nobody has said yet which rows it is for */
  readonly unfiltered?: boolean
}

export const noSelection: Selection = { items: [], where: [], order: [], limit: null, offset: null }

/** What selects these columns, or the relation's, and what makes their values of what comes back. */
export function columnsOf(meta: RelationMeta, names: readonly string[]): { items: SelectItem[]; reviver: Reviver } {
  const chosen = names.length > 0 ? names : meta[0]
  return {
    items: chosen.map((name) => selectField(fieldOf(name), { cast: castOf(kindOf(meta, name)) })),
    reviver: chosen.flatMap((name) => reviverOf(name, kindOf(meta, name))),
  }
}

export function kindOf([, kinds]: RelationMeta, name: string): ColumnKind | undefined {
  return kinds && Object.hasOwn(kinds, name) ? kinds[name] : undefined
}
