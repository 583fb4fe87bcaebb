import type { Signature } from '../postgres/names.js'
import type { ExpressionUses, RangeTableEntryPrivileges, SequenceUse } from './expression-uses.js'

export interface Trigger {
  readonly name: string
  readonly timing: 'before' | 'after' | 'instead of'
  readonly events: readonly ('insert' | 'update' | 'delete' | 'truncate')[]
  readonly level: 'row' | 'statement'
  readonly function: Signature
  readonly enabled: boolean
  /** UPDATE OF these; empty: of any */
  readonly columns: readonly string[]
  /** what its WHEN condition needs of whoever runs the statement */
  readonly conditionUses: ExpressionUses
}

export interface Rule {
  readonly name: string
  readonly event: 'insert' | 'update' | 'delete'
  readonly instead: boolean
  /** has a condition: the statement itself may run as well */
  readonly conditional: boolean
  /** the actions have a RETURNING list */
  readonly returning: boolean
  /** DO NOTHING */
  readonly nothing: boolean
  readonly uses: RuleUses
}

/** What a rule's actions need: of the relation's owner, but functions and sequences of whoever runs the statement. */
export interface RuleUses {
  readonly functions: readonly Signature[]
  readonly sequences: readonly SequenceUse[]
  readonly relations: readonly RangeTableEntryPrivileges[]
  /** mentions OLD: the rows that the statement is about are read */
  readonly readsOld: boolean
  /** mentions NEW: the values given and the defaults of those that are not */
  readonly readsNew: boolean
}
