import type { QualifiedName, Signature } from '../postgres/names.js'
import type { AclItem } from './acl-item.js'
import type { CodeUses, ExpressionUses } from './expression-uses.js'

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
    readonly isValidated: boolean
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

/** A cast that somebody made: domain representations are made of these. */
export interface Cast {
  readonly source: QualifiedName
  readonly target: QualifiedName
  readonly function: Signature | null
  readonly context: 'explicit' | 'assignment' | 'implicit'
}
