import type { QualifiedName } from '@rolecast/catalog'

export type MutantKind =
  | 'grant'
  | 'membership'
  | 'policy'
  | 'row security'
  | 'view option'
  | 'owner'
  | 'function security'

/** One change of what roles may do, to be tried. */
export interface Mutant {
  readonly kind: MutantKind
  /** what is changed, as SQL names it */
  readonly object: string
  /** how, in a few words: `grant SELECT (cost) to anon` */
  readonly change: string
  readonly sql: readonly string[]
  /** somebody may do more */
  readonly widens: boolean
  /** of the whole cluster, not of the database: what takes it back */
  readonly undo: readonly string[] | null
  /** whose tests are asked first */
  readonly relation: QualifiedName | null
  readonly roles: readonly string[]
  /** a query of one value: who holds which privileges on the object in effect. Null: that does not tell all */
  readonly holders: string | null
}

export interface MutantContext {
  /** roles that requests run as */
  readonly roles: readonly string[]
  readonly exposed: readonly string[]
  readonly authenticator: string | null
  /** who tries it */
  readonly login: string
}
