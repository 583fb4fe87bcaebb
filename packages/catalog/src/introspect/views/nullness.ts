import type { ColumnOfRelation } from '../expressions/column-of-relation.js'
import type { NodeValue, TreeNode } from '../expressions/node-tree.js'
import type { Place } from './view-places.js'

/** Whether a value may be null: known, or decided by a column, by parts of the expression, or by the function called. */
export type Nullness =
  | boolean
  | ColumnOfRelation
  /** if one of these may be null */
  | { readonly any: readonly Nullness[] }
  /** if all of these may be null */
  | { readonly all: readonly Nullness[] }
  /** if a function may return null for what is not, or if one of its arguments may be null */
  | { readonly call: number; readonly arguments: readonly Nullness[] }
  /** of groups that have a row each: the same of an aggregate */
  | { readonly aggregate: number; readonly arguments: readonly Nullness[] }

/** What is being decided: a recursive query leads back to itself. */
export interface Deciding {
  /** decides a part */
  readonly of: (place: Place, expression: NodeValue | undefined, deciding: Deciding) => Nullness
  readonly depth: number
  readonly columns: readonly { readonly query: TreeNode; readonly position: number }[]
}
