import type { QualifiedName, Signature } from '../postgres/names.js'
import type { CodeUses, ExpressionUses } from './expression-uses.js'

export interface Constraint {
  readonly name: string
  readonly kind: 'primary key' | 'unique' | 'foreign key' | 'check' | 'exclusion'
  readonly columns: readonly string[]
  /** foreign keys only; columns pair up with `columns` */
  readonly references: { readonly relation: QualifiedName; readonly columns: readonly string[] } | null
  /** of a foreign key: rows of this table change or go when rows of the other one do, at once even if it is deferred */
  readonly acts: boolean
  /** of a foreign key: what PostgreSQL does when rows change; null: nothing */
  readonly enforcement: ForeignKeyEnforcement | null
  readonly expression: string | null
  /**
   * of all rows, those of inheriting tables too: enforced, and validated. Of a foreign key: each row that it is about has
   * one of equal columns
   */
  readonly isValidated: boolean
  /** checked at the end of each statement: not deferred, nor NOT ENFORCED */
  readonly isEnforced: boolean
  /** no collation in its expression takes different texts for equal ones */
  readonly isExact: boolean
  readonly functions: readonly Signature[]
  /** those of `functions` that the planner calls, immutable ones with constants */
  readonly evaluatedAtPlanTime: readonly Signature[]
  readonly code: CodeUses
  readonly comment: string | null
  /** a partition's copy of its parent's constraint */
  readonly inherited: boolean
}

export interface ForeignKeyEnforcement {
  readonly onUpdate: ForeignKeyAction
  readonly onDelete: ForeignKeyAction
  /** `no action`, and the look-up of a new key, wait for the end of the transaction; other actions never wait */
  readonly isDeferred: boolean
  /** a partition's copy of its parent's key, whose rows the parent's key acts on */
  readonly isCopy: boolean
}

export type ForeignKeyAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default'

export interface Index {
  readonly name: string
  readonly unique: boolean
  readonly primary: boolean
  readonly valid: boolean
  /** ON CONFLICT can name its columns: unique, valid, not deferrable */
  readonly arbitrates: boolean
  /** null for an expression */
  readonly columns: readonly (string | null)[]
  readonly predicate: string | null
  /** columns that the index's expressions and predicate mention */
  readonly inputs: readonly string[]
  readonly uses: ExpressionUses
}
