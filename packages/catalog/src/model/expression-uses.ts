import type { QualifiedName, Signature } from '../postgres/names.js'

/** What evaluating an expression needs of whoever evaluates it. */
export interface ExpressionUses {
  /**
   * EXECUTE on these: functions, and the functions of operators. Built-in ones that everybody may execute are left out
   */
  readonly functions: readonly Signature[]
  /** those of `functions` that the planner calls, immutable ones with constants, even where the result is not needed */
  readonly evaluatedAtPlanTime: readonly Signature[]
  /** nextval() and the like, where their argument is a constant */
  readonly sequences: readonly SequenceUse[]
  /** names a volatile function */
  readonly volatile: boolean
  /** relations read by sub-selects, with the columns that PostgreSQL checks */
  readonly reads: readonly RelationRead[]
  readonly code: CodeUses
}

/** Whether an expression may run code that somebody wrote for the database, or change what the session holds. */
export interface CodeUses {
  /** it names a function that is not PostgreSQL's own, or one of PostgreSQL's that changes the session or runs queries */
  readonly runs: boolean
  /** it names `nextval()` */
  readonly advances: boolean
  /** types of values within, PostgreSQL's own left out: a domain's checks and a type's operators may be such code, too */
  readonly types: readonly QualifiedName[]
}

export interface SequenceUse {
  readonly call: SequenceCall
  readonly sequence: QualifiedName
  /** the argument is text, so that the sequence is looked up when it is called: with USAGE on its schema */
  readonly isLookedUp: boolean
}

export type SequenceCall = 'nextval' | 'currval' | 'setval'

/** One entry of a query's range table, as its permission check sees it. */
export interface RelationRead {
  readonly relation: QualifiedName
  /** columns mentioned; empty where only rows are counted (any one column then suffices) */
  readonly columns: readonly string[]
  readonly wholeRow: boolean
  /** of a rule's range table: whether the view's owner is checked or whoever runs the query */
  readonly checkedAs: 'owner' | 'current'
}

/** Privileges that one range table entry is checked for; null: not checked; columns empty: any one column suffices. */
export interface RangeTableEntryPrivileges {
  readonly relation: QualifiedName
  readonly select: readonly string[] | null
  readonly insert: readonly string[] | null
  readonly update: readonly string[] | null
  readonly delete: boolean
}
