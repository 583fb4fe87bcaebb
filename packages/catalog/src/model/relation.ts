import type { QualifiedName, Signature } from '../postgres/names.js'
import type { AclItem } from './acl-item.js'
import type { Constraint, Index } from './constraint.js'
import type { ExpressionUses } from './expression-uses.js'
import type { Policy } from './policy.js'
import type { Rule, Trigger } from './trigger.js'
import type { TypeUse } from './type.js'
import type { ViewDefinition } from './view-definition.js'

export type RelationKind = 'table' | 'partitioned table' | 'view' | 'materialized view' | 'foreign table'

export interface Relation {
  readonly schema: string
  readonly name: string
  readonly kind: RelationKind
  readonly owner: string
  readonly acl: readonly AclItem[] | null
  readonly comment: string | null
  readonly extension: string | null
  readonly securityInvoker: boolean
  readonly securityBarrier: boolean
  readonly checkOption: 'local' | 'cascaded' | null
  readonly rowSecurity: { readonly enabled: boolean; readonly forced: boolean }
  /** the partitioned table or parents (inheritance) it belongs to */
  readonly parents: readonly QualifiedName[]
  readonly isPartition: boolean
  /** a partition whose rows are compared with bounds; the only partition, if it is the default one, takes all */
  readonly hasBounds: boolean
  /** of a partitioned table: how rows are assigned; null stands for an expression */
  readonly partitioning: {
    readonly strategy: 'list' | 'range' | 'hash'
    readonly columns: readonly (string | null)[]
  } | null
  /** of a partition: whether it takes what no other does, or the value NULL by name */
  readonly bound: 'default' | 'null' | 'other' | null
  /** functions of the partition key, which inserting calls */
  readonly partitionFunctions: readonly Signature[]
  /** live columns by attribute number */
  readonly columns: readonly Column[]
  readonly constraints: readonly Constraint[]
  readonly indexes: readonly Index[]
  /**
   * Proven keys: sets of columns of which no two rows have the same values, unless one of these is null. The primary key
   * comes first; an empty one says that there is at most one row.
   */
  readonly keys: readonly (readonly string[])[]
  readonly triggers: readonly Trigger[]
  readonly rules: readonly Rule[]
  readonly policies: readonly Policy[]
  /** pg_relation_is_updatable(oid, true) */
  readonly updatable: { readonly insert: boolean; readonly update: boolean; readonly delete: boolean }
  /** views and materialized views only */
  readonly view: ViewDefinition | null
}

export interface Column {
  readonly name: string
  readonly type: TypeUse
  /** nothing writes null to it */
  readonly notNull: boolean
  /** no row of a table has null in it, those of inheriting tables too: what is written is not all that is there */
  readonly neverNull: boolean
  /** the expression, as pg_get_expr prints it */
  readonly default: string | null
  readonly defaultUses: ExpressionUses
  readonly generated: 'stored' | 'virtual' | null
  /** of a generated column: the columns it is computed from */
  readonly generatedFrom: readonly string[]
  readonly identity: 'always' | 'by default' | null
  readonly acl: readonly AclItem[] | null
  /** pg_column_is_updatable(oid, attnum, false) */
  readonly updatable: boolean
  readonly comment: string | null
}
