import type { Catalog, QualifiedName, Relation, Relationship, Routine, TypeUse } from '@rolecast/catalog'
import type { SessionResidue } from '../postgres/session-residue.js'
import type { MediaHandlers } from './media-handlers.js'
import type { Representations } from './representations.js'
import type { OfRelation } from './runs-code.js'

/** The catalog, indexed by what requests name. */
export interface SchemaCache {
  readonly catalog: Catalog
  readonly relations: ReadonlyMap<QualifiedName, CachedRelation>
  /** by source */
  readonly relationships: ReadonlyMap<QualifiedName, readonly Relationship[]>
  /** by qualified name: overloads */
  readonly routines: ReadonlyMap<QualifiedName, readonly CachedRoutine[]>
  readonly handlers: MediaHandlers
  readonly representations: Representations
  /** what code that somebody wrote for the database may leave in a session */
  readonly codeResidue: SessionResidue
}

export interface CachedRelation {
  readonly key: QualifiedName
  readonly schema: string
  readonly name: string
  readonly columns: ReadonlyMap<string, CachedColumn>
  /** of a view: the primary keys of what it passes on */
  readonly primaryKey: readonly string[]
  /** no row of what is stored in it is hidden from a role that may read it */
  readonly showsAll: boolean
  /** whether reading it, or writing to it, may run code that somebody wrote for the database: see `runningCode` */
  readonly runsCode: { readonly read: OfRelation; readonly write: OfRelation }
  readonly relation: Relation
}

export interface CachedColumn {
  readonly name: string
  /** as SQL */
  readonly type: string
  /** key of the type; null for an array */
  readonly typeKey: QualifiedName | null
  /** through domains, without modifiers: what decides about operators */
  readonly baseType: string
  /** SQL of what an insert without the column gives it: its own default, its identity, its domain's default */
  readonly default: string | null
}

export interface RoutineParameter {
  readonly name: string
  /** as SQL, modifiers included */
  readonly type: string
  readonly required: boolean
  readonly variadic: boolean
}

export interface CachedRoutine {
  readonly schema: string
  readonly name: string
  readonly parameters: readonly RoutineParameter[]
  readonly returns: {
    readonly kind: 'void' | 'scalar' | 'composite'
    readonly set: boolean
    /** the relation whose rows come back */
    readonly relation: QualifiedName | null
    /** of that relation's rows */
    readonly columns: readonly string[] | null
    readonly type: TypeUse
  }
  readonly routine: Routine
}
