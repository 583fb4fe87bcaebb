import type { Signature } from '../postgres/names.js'
import type { ExpressionUses } from './expression-uses.js'

/**
 * A condition as the planner folds it; null is the constant NULL. What is folded away is never prepared, and so needs
 * no privilege.
 */
export type Condition =
  | boolean
  | null
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  /** a function without arguments */
  | {
      readonly call: Signature
      /** what it always returns, if the planner finds out: it puts that in its place, for roles that may execute it */
      readonly value: boolean | null
      /** called while planning, even where a constant that follows makes it superfluous */
      readonly immutable: boolean
    }
  | { readonly uses: ExpressionUses }
