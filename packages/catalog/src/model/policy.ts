import type { QualifiedName } from '../postgres/names.js'
import type { Condition } from './condition.js'
import type { ExpressionUses } from './expression-uses.js'

export interface Policy {
  readonly name: string
  readonly permissive: boolean
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete'
  /** null: PUBLIC */
  readonly roles: readonly string[] | null
  readonly using: PolicyExpression | null
  readonly check: PolicyExpression | null
  readonly comment: string | null
}

export interface PolicyExpression {
  readonly text: string
  /** true or false where the expression is that constant, null where rows or functions decide */
  readonly constant: boolean | null
  readonly condition: Condition
  /** all that the text names */
  readonly uses: ExpressionUses
  /** relations read in what constants make superfluous: recursion through them is refused all the same */
  readonly foldedReads: readonly QualifiedName[]
}
