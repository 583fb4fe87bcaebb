/** One grant. `grantee` null is PUBLIC. */
export interface AclItem {
  readonly grantee: string | null
  readonly grantor: string
  readonly privileges: readonly { readonly privilege: string; readonly grantable: boolean }[]
}
