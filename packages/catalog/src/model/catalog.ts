import type { QualifiedName, Signature } from '../postgres/names.js'
import type { AclItem } from './acl-item.js'
import type { Relation } from './relation.js'
import type { Role, RoleSetting } from './role.js'
import type { RolePrivileges } from './role-privileges.js'
import type { Routine } from './routine.js'
import type { DefaultAcl, Extension, Schema } from './schema.js'
import type { Security } from './security.js'
import type { Sequence } from './sequence.js'
import type { Cast, Type } from './type.js'

export type * from './condition.js'
export type * from './constraint.js'
export type * from './expression-uses.js'
export type * from './policy.js'
export type * from './relation.js'
export type * from './role.js'
export type * from './role-privileges.js'
export type * from './routine.js'
export type * from './schema.js'
export type * from './sequence.js'
export type * from './trigger.js'
export type * from './type.js'
export type * from './view-definition.js'
export type { AclItem, QualifiedName, Signature }

/**
 * What PostgreSQL says of itself, as plain JSON: no object ids, no row data, no secrets, everything sorted by name
 * bytewise, so that the same schema gives the same bytes on any server.
 */
export interface Catalog {
  readonly format: 5
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
