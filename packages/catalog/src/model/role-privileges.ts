import type { QualifiedName, Signature } from '../postgres/names.js'
import type { SequenceCall } from './expression-uses.js'

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
