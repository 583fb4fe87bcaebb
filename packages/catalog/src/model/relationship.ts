import type { QualifiedName, Signature } from './catalog.js'

export type RelationshipKind = 'many-to-one' | 'one-to-many' | 'one-to-one' | 'many-to-many' | 'computed'

/**
 * A way to embed `target` in `source`: as PostgREST 16 finds them ("Resource Embedding" in its manual), foreign keys
 * traced through views and partitioned tables.
 */
export interface Relationship {
  readonly kind: RelationshipKind
  readonly source: QualifiedName
  readonly target: QualifiedName
  /** the foreign key constraint; of a computed relationship the function's name; empty for many-to-many */
  readonly name: string
  /** columns of source and target that must be equal; empty for many-to-many and computed */
  readonly columns: readonly (readonly [source: string, target: string])[]
  /** one-to-one: whether `source` holds the foreign key */
  readonly sourceHoldsKey: boolean
  /** of a foreign key: where the columns of the side that holds it are not null, there is a row that it leads to */
  readonly isCertain: boolean
  /** a proven key of the target says that there is at most one row; of a function its declaration says so */
  readonly isToOne: boolean
  readonly isSelf: boolean
  readonly junction: Junction | null
  readonly computed: { readonly function: Signature } | null
}

export interface Junction {
  readonly relation: QualifiedName
  /** constraint from the junction to the source, and to the target */
  readonly constraints: readonly [toSource: string, toTarget: string]
  readonly sourceColumns: readonly (readonly [source: string, junction: string])[]
  readonly targetColumns: readonly (readonly [target: string, junction: string])[]
}
