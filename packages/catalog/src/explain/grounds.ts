import { type EffectivePrivileges, keyOf } from '../access/effective-privileges.js'
import type { AclItem, Relation } from '../model/catalog.js'
import { quoteIdentifier } from '../postgres/names.js'

/** Where a privilege comes from, in words: PostgreSQL's answer is known, this looks for what gave it. */
export function groundsOf(
  privileges: EffectivePrivileges,
  object: { readonly owner: string; readonly acl: readonly AclItem[] | null },
  privilege: string,
  byDefault: boolean,
): string {
  const role = privileges.index.roles.get(privileges.role)
  if (role?.superuser) return 'it is a superuser'
  if (object.owner === privileges.role) return 'it is the owner'
  if (privileges.hasRole(object.owner)) return `it has the privileges of the owner ${quoteIdentifier(object.owner)}`
  const grants = (object.acl ?? []).filter(({ privileges }) => privileges.some((item) => item.privilege === privilege))
  if (grants.some(({ grantee }) => grantee === privileges.role)) return 'granted to it'
  const through = grants.find(({ grantee }) => grantee !== null && privileges.hasRole(grantee))?.grantee
  if (through) return `granted to ${quoteIdentifier(through)}, whose privileges it has`
  if (grants.some(({ grantee }) => grantee === null)) return 'granted to PUBLIC'
  if (object.acl === null && byDefault) return 'everybody has it unless it is revoked'
  const predefined = ['pg_read_all_data', 'pg_write_all_data'].find((name) => privileges.hasRole(name))
  return predefined ? `it has the privileges of ${predefined}` : 'PostgreSQL says so'
}

/** Whether row-level security is in force for a role on a table, and why. */
export function rowSecurityFact(privileges: EffectivePrivileges, relation: Relation): string {
  const key = keyOf(relation)
  const who = quoteIdentifier(privileges.role)
  if (!relation.rowSecurity.enabled) return `Row-level security is not enabled on ${key}.`
  if (privileges.isUnderRowSecurity(relation)) return `Row-level security on ${key} is in force for ${who}.`
  const role = privileges.index.roles.get(privileges.role)
  if (role?.superuser) return `Row-level security on ${key} does not hold for ${who}: it is a superuser.`
  if (role?.bypassRowSecurity) return `Row-level security on ${key} does not hold for ${who}: it has BYPASSRLS.`
  return `Row-level security on ${key} does not hold for ${who}: it is the owner or has the owner's privileges.`
}
