import type { AclItem } from './acl-item.js'

export interface Schema {
  readonly name: string
  readonly owner: string
  readonly acl: readonly AclItem[] | null
  readonly comment: string | null
  readonly extension: string | null
}

export interface DefaultAcl {
  readonly role: string
  /** null: all schemas */
  readonly schema: string | null
  readonly kind: 'table' | 'sequence' | 'function' | 'type' | 'schema' | 'large object'
  readonly acl: readonly AclItem[]
}

export interface Extension {
  readonly name: string
  readonly schema: string
  readonly version: string
}
