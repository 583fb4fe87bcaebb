/** What a request may lack: the smallest things that can be given, in the order in which a request meets them. */
export type Link = UsageLink | GrantLink | FunctionLink | SequenceLink | PolicyLink | RestrictiveLink

/** As whom something is touched: as the role itself, or as the owner of a view or of a SECURITY DEFINER function. */
export type Through = 'itself' | 'view' | 'function'

export interface UsageLink {
  readonly kind: 'usage'
  readonly schema: string
  readonly who: string
}
export interface GrantLink {
  readonly kind: 'grant'
  /** in SQL's spelling */
  readonly relation: string
  readonly verb: 'select' | 'insert' | 'update' | 'delete'
  /** null: of DELETE, which has no columns */
  readonly column: string | null
  /** the role itself, or the owner of a view or function that it acts through */
  readonly who: string
  readonly through: Through
}
export interface FunctionLink {
  readonly kind: 'function'
  readonly signature: string
  readonly who: string
}
export interface SequenceLink {
  readonly kind: 'sequence'
  readonly sequence: string
  readonly who: string
}
/** A permissive policy of its own. */
export interface PolicyLink {
  readonly kind: 'policy'
  readonly relation: string
  readonly verb: 'select' | 'insert' | 'update' | 'delete'
  readonly who: string
}
/** A restrictive policy that would have to let more through. */
export interface RestrictiveLink {
  readonly kind: 'restrictive'
  readonly relation: string
  readonly policy: string
  readonly using: string | null
  readonly check: string | null
  readonly who: string
}
