import type { AclItem } from './acl-item.js'

export interface Sequence {
  readonly schema: string
  readonly name: string
  readonly owner: string
  readonly acl: readonly AclItem[] | null
}
