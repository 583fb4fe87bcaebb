import type { QualifiedName, Signature } from '../postgres/names.js'
import type { Condition } from './condition.js'
import type { CodeUses, ExpressionUses, RelationRead } from './expression-uses.js'

export interface ViewDefinition {
  /** as pg_get_viewdef prints it */
  readonly text: string
  /** every range table entry of the definition, sub-selects included */
  readonly reads: readonly RelationRead[]
  readonly functions: readonly Signature[]
  /** it names a volatile function, wherever */
  readonly volatile: boolean
  readonly code: CodeUses
  /** no groups, aggregates, order, limits or the like: the planner merges it into the query, unless a barrier forbids */
  readonly isSimple: boolean
  /** those of `reads` that the definition joins itself, outside of sub-selects */
  readonly tables: readonly RelationRead[]
  /** its WHERE, outside of joins */
  readonly condition: Condition
  /** columns of other relations that are computed for it */
  readonly conditionInputs: ViewPartUses['inputs']
  /** what every query of the view needs besides `tables` and `condition`, whichever columns it asks for */
  readonly always: ViewPartUses
  /** by column of the view: what computing it needs */
  readonly columnUses: readonly (ViewPartUses & {
    /** computed for every query that reads the view: volatile itself, set-returning, grouped or sorted by */
    readonly isKept: boolean
  })[]
  /** the same of what queries in FROM compute, for those columns of the view that need it */
  readonly hiddenUses: ViewDefinition['columnUses']
  /** by column of the view: the column of another relation that it passes on as it is, or null */
  readonly origins: readonly ({ readonly relation: QualifiedName; readonly column: string } | null)[]
  /** by column of the view: whether it may be null, as far as the definition tells */
  readonly nullable: readonly boolean[]
}

export interface ViewPartUses {
  readonly uses: ExpressionUses
  /** columns of other relations that are computed for it */
  readonly inputs: readonly { readonly relation: QualifiedName; readonly column: string }[]
}
