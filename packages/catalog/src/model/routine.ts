import type { Signature } from '../postgres/names.js'
import type { AclItem } from './acl-item.js'
import type { ExpressionUses, RangeTableEntryPrivileges, SequenceUse } from './expression-uses.js'
import type { TypeUse } from './type.js'

export interface Routine {
  readonly schema: string
  readonly name: string
  readonly kind: 'function' | 'procedure' | 'aggregate' | 'window'
  readonly owner: string
  readonly acl: readonly AclItem[] | null
  readonly comment: string | null
  readonly extension: string | null
  readonly language: string
  readonly volatility: 'immutable' | 'stable' | 'volatile'
  readonly strict: boolean
  readonly securityDefiner: boolean
  readonly leakproof: boolean
  /** proconfig: settings in force while it runs */
  readonly settings: readonly { readonly name: string; readonly value: string }[]
  /** in order, all modes */
  readonly arguments: readonly Argument[]
  readonly returns: { readonly type: TypeUse; readonly set: boolean }
  /** as pg_get_function_identity_arguments prints it with an empty search path */
  readonly identityArguments: string
  /** prorows */
  readonly estimatedRows: number
  /** of BEGIN ATOMIC and RETURN, what its statements need of whoever they run as; null: only its text is known */
  readonly body: RoutineBody | null
  /**
   * SHA-256 of the body's text, in hex: it tells that a body has changed, not what it says. Absent from catalogs that an
   * older version stored
   */
  readonly bodyHash?: string
}

export interface RoutineBody {
  readonly functions: readonly Signature[]
  readonly sequences: readonly SequenceUse[]
  readonly relations: readonly RangeTableEntryPrivileges[]
}

export interface Argument {
  /** empty where it has none */
  readonly name: string
  readonly mode: 'in' | 'out' | 'inout' | 'variadic' | 'table'
  readonly type: TypeUse
  readonly hasDefault: boolean
  readonly defaultUses: ExpressionUses
}
