import type { QualifiedName, Signature } from '../postgres/names.js'

import type { AclItem } from './acl-item.js'
import type { Security } from './security.js'

export type { AclItem, QualifiedName, Signature }

/**
 * What PostgreSQL says of itself, as plain JSON: no object ids, no row data, no secrets, everything sorted by name
 * bytewise, so that the same schema gives the same bytes on any server.
 */

export interface Catalog {
  readonly format: 4
  /** server_version_num, for example 180004 */
  readonly serverVersion: number
  readonly databaseComment: string | null
  readonly roles: readonly Role[]
  readonly schemas: readonly Schema[]
  readonly types: readonly Type[]
  readonly relations: readonly Relation[]
  readonly routines: readonly Routine[]
  readonly casts: readonly Cast[]
  readonly extensions: readonly Extension[]
  /** ALTER ROLE and ALTER DATABASE ... SET */
  readonly settings: readonly RoleSetting[]
  /** ALTER DEFAULT PRIVILEGES */
  readonly defaultAcls: readonly DefaultAcl[]
  /** every sequence that an expression names */
  readonly sequences: readonly Sequence[]
  /** PostgreSQL's own answers, for the roles that the introspection was asked about and the owners they act through */
  readonly privileges: readonly RolePrivileges[]
  /** what only an audit needs; absent where it was not asked for */
  readonly security?: Security
}

export interface Role {
  readonly name: string
  readonly canLogin: boolean
  readonly superuser: boolean
  readonly inherit: boolean
  readonly bypassRowSecurity: boolean
  readonly createRole: boolean
  readonly createDatabase: boolean
  readonly replication: boolean
  readonly memberOf: readonly Membership[]
  readonly comment: string | null
}

export interface Membership {
  readonly role: string
  /** before PostgreSQL 16: what the member's INHERIT attribute says */
  readonly inherit: boolean
  /** before PostgreSQL 16: always true */
  readonly set: boolean
  readonly admin: boolean
}

export interface Schema {
  readonly name: string
  readonly owner: string
  readonly acl: readonly AclItem[] | null
  readonly comment: string | null
  readonly extension: string | null
}

/** A type where it is used: of a column, an argument, an attribute, a result. */
export interface TypeUse {
  /** the type itself; of an array its element type */
  readonly type: QualifiedName
  readonly array: boolean
  /** as `format_type` prints it with an empty search path: `numeric(10,2)`, `api.status[]` */
  readonly formatted: string
}

interface TypeBase {
  readonly schema: string
  readonly name: string
  readonly owner: string
  readonly acl: readonly AclItem[] | null
  readonly comment: string | null
  readonly extension: string | null
}

export interface BaseType extends TypeBase {
  readonly kind: 'base' | 'pseudo'
  /** pg_type.typcategory */
  readonly category: string
  /** null of PostgreSQL's own types, which are known */
  readonly operators: TypeOperators | null
}

/** What PostgreSQL has for values of a type, its own or by way of a type that it is cast to without being told. */
export interface TypeOperators {
  /** operators of two values that are conditions */
  readonly comparing: readonly FoundByName[]
  /** of min, max, sum and avg */
  readonly aggregates: readonly FoundByName[]
  /** ORDER BY takes it: a default operator class of B-trees */
  readonly isOrdered: boolean
  /** GROUP BY and DISTINCT take it, and arrays of it can be compared */
  readonly isGrouped: boolean
}

/** An operator or aggregate, which is meant by its name where its schema is in the search path. */
export interface FoundByName {
  readonly name: string
  readonly schema: string
  /** of the type itself, and not of one that it is cast to */
  readonly isOwn: boolean
}

export interface EnumType extends TypeBase {
  readonly kind: 'enum'
  readonly labels: readonly string[]
}
export interface DomainType extends TypeBase {
  readonly kind: 'domain'
  readonly base: TypeUse
  readonly notNull: boolean
  readonly default: string | null
  readonly defaultUses: ExpressionUses
  readonly checks: readonly {
    readonly name: string
    readonly expression: string
    /** every value was checked */
    readonly holds: boolean
    /** no collation in it takes different texts for equal ones */
    readonly isExact: boolean
    readonly functions: readonly Signature[]
    readonly code: CodeUses
  }[]
}
export interface CompositeType extends TypeBase {
  readonly kind: 'composite'
  readonly attributes: readonly { readonly name: string; readonly type: TypeUse; readonly comment: string | null }[]
}
export interface RangeType extends TypeBase {
  readonly kind: 'range' | 'multirange'
  readonly subtype: TypeUse
}
/** Row types of relations are not listed: the relation is their description. */
export type Type = BaseType | EnumType | DomainType | CompositeType | RangeType

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

export interface Extension {
  readonly name: string
  readonly schema: string
  readonly version: string
}

export interface RoleSetting {
  /** null: all roles */
  readonly role: string | null
  /** whether it holds in this database only */
  readonly thisDatabase: boolean
  readonly name: string
  /** null where the value may be a secret: custom settings other than known harmless ones */
  readonly value: string | null
}

export interface DefaultAcl {
  readonly role: string
  /** null: all schemas */
  readonly schema: string | null
  readonly kind: 'table' | 'sequence' | 'function' | 'type' | 'schema' | 'large object'
  readonly acl: readonly AclItem[]
}

export interface Sequence {
  readonly schema: string
  readonly name: string
  readonly owner: string
  readonly acl: readonly AclItem[] | null
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

/** What evaluating an expression needs of whoever evaluates it. */
export interface ExpressionUses {
  /**
   * EXECUTE on these: functions, and the functions of operators. Built-in ones that everybody may execute are left out
   */
  readonly functions: readonly Signature[]
  /** those of `functions` that the planner calls, immutable ones with constants, even where the result is not needed */
  readonly planned: readonly Signature[]
  /** nextval() and the like, where their argument is a constant */
  readonly sequences: readonly SequenceUse[]
  /** names a volatile function */
  readonly volatile: boolean
  /** relations read by sub-selects, with the columns that PostgreSQL checks */
  readonly reads: readonly RelationRead[]
  readonly code: CodeUses
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
  readonly holds: boolean
  /** checked at the end of each statement: not deferred, nor NOT ENFORCED */
  readonly isEnforced: boolean
  /** no collation in its expression takes different texts for equal ones */
  readonly isExact: boolean
  readonly functions: readonly Signature[]
  /** those of `functions` that the planner calls, immutable ones with constants */
  readonly planned: readonly Signature[]
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
  readonly relations: readonly RelationAccess[]
  /** mentions OLD: the rows that the statement is about are read */
  readonly readsOld: boolean
  /** mentions NEW: the values given and the defaults of those that are not */
  readonly readsNew: boolean
}

/** Privileges that one range table entry is checked for; null: not checked; columns empty: any one column suffices. */
export interface RelationAccess {
  readonly relation: QualifiedName
  readonly select: readonly string[] | null
  readonly insert: readonly string[] | null
  readonly update: readonly string[] | null
  readonly delete: boolean
}

export interface Policy {
  readonly name: string
  readonly permissive: boolean
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete'
  /** null: PUBLIC */
  readonly roles: readonly string[] | null
  readonly using: PolicyExpression | null
  readonly check: PolicyExpression | null
  readonly comment: string | null
}

export interface PolicyExpression {
  readonly text: string
  /** true or false where the expression is that constant, null where rows or functions decide */
  readonly constant: boolean | null
  readonly condition: Condition
  /** all that the text names */
  readonly uses: ExpressionUses
  /** relations read in what constants make superfluous: recursion through them is refused all the same */
  readonly folded: readonly QualifiedName[]
}

/**
 * A condition as the planner folds it; null is the constant NULL. What is folded away is never prepared, and so needs
 * no privilege.
 */
export type Condition =
  | boolean
  | null
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  /** a function without arguments */
  | {
      readonly call: Signature
      /** what it always returns, if the planner finds out: it puts that in its place, for roles that may execute it */
      readonly value: boolean | null
      /** called while planning, even where a constant that follows makes it superfluous */
      readonly immutable: boolean
    }
  | { readonly uses: ExpressionUses }

export interface ViewDefinition {
  /** as pg_get_viewdef prints it */
  readonly text: string
  /** every range table entry of the definition, sub-selects included */
  readonly reads: readonly RelationRead[]
  readonly functions: readonly Signature[]
  /** it names a volatile function, wherever */
  readonly volatile: boolean
  readonly code: CodeUses
  /** no groups, aggregates, order, limits or the like: the planner merges it into the query, unless a barrier forbids */
  readonly isSimple: boolean
  /** those of `reads` that the definition joins itself, outside of sub-selects */
  readonly tables: readonly RelationRead[]
  /** its WHERE, outside of joins */
  readonly condition: Condition
  /** columns of other relations that are computed for it */
  readonly conditionInputs: ViewPartUses['inputs']
  /** what every query of the view needs besides `tables` and `condition`, whichever columns it asks for */
  readonly always: ViewPartUses
  /** by column of the view: what computing it needs */
  readonly columnUses: readonly (ViewPartUses & {
    /** computed for every query that reads the view: volatile itself, set-returning, grouped or sorted by */
    readonly isKept: boolean
  })[]
  /** the same of what queries in FROM compute, for those columns of the view that need it */
  readonly hiddenUses: ViewDefinition['columnUses']
  /** by column of the view: the column of another relation that it passes on as it is, or null */
  readonly origins: readonly ({ readonly relation: QualifiedName; readonly column: string } | null)[]
  /** by column of the view: whether it may be null, as far as the definition tells */
  readonly nullable: readonly boolean[]
}

export interface ViewPartUses {
  readonly uses: ExpressionUses
  /** columns of other relations that are computed for it */
  readonly inputs: readonly { readonly relation: QualifiedName; readonly column: string }[]
}

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
}

export interface RoutineBody {
  readonly functions: readonly Signature[]
  readonly sequences: readonly SequenceUse[]
  readonly relations: readonly RelationAccess[]
}

export interface Argument {
  /** empty where it has none */
  readonly name: string
  readonly mode: 'in' | 'out' | 'inout' | 'variadic' | 'table'
  readonly type: TypeUse
  readonly hasDefault: boolean
  readonly defaultUses: ExpressionUses
}

/** A cast that somebody made: domain representations are made of these. */
export interface Cast {
  readonly source: QualifiedName
  readonly target: QualifiedName
  readonly function: Signature | null
  readonly context: 'explicit' | 'assignment' | 'implicit'
}

/** PostgreSQL's answers about one role: one that the introspection was asked about, or an owner that others act through. */
export interface RolePrivileges {
  readonly role: string
  /** roles whose privileges it has as it is, itself included: pg_has_role(…, 'USAGE') */
  readonly has: readonly string[]
  /** roles it may SET ROLE to: pg_has_role(…, 'SET'), before PostgreSQL 16 'MEMBER' */
  readonly canBecome: readonly string[]
  /** USAGE */
  readonly schemas: readonly string[]
  /** by qualified name; absent: none */
  readonly relations: Readonly<Record<QualifiedName, RelationPrivileges>>
  /** of `Catalog.sequences`: those that each may be called on */
  readonly sequences: { readonly [call in SequenceCall]: readonly QualifiedName[] }
  /** EXECUTE; of `Catalog.routines` */
  readonly routines: readonly Signature[]
}

export interface RelationPrivileges {
  /** on the whole relation */
  readonly table: readonly TablePrivilege[]
  /** columns where the whole relation is not allowed */
  readonly columns: Readonly<{ [privilege in 'select' | 'insert' | 'update']?: readonly string[] }>
}

export type TablePrivilege = 'select' | 'insert' | 'update' | 'delete'
