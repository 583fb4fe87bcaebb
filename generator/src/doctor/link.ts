/** What a request may lack: the smallest things that can be given, in the order in which a request meets them. */
export type Link = UsageLink | GrantLink | FunctionLink | SequenceLink | PolicyLink | RestrictiveLink

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
  /** the role itself, or the owner of a view that it reads through */
  readonly who: string
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
