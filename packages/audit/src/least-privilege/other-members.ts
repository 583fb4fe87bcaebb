import { type CatalogIndex, quoteIdentifier, type Role } from '@rolecast/catalog'
import type { Grant } from './grants.js'

/**
 * Roles that have another one's privileges as they are, and of which nobody said what they use: whoever logs in as them, or
 * becomes them, may need any of these. An owner that nobody logs in as uses what its views and functions do, which is known.
 */
export function otherMembers(index: CatalogIndex, role: string, known: ReadonlySet<string>): readonly string[] {
  const apiRoles = new Set(index.catalog.security?.apiRoles)
  return index.catalog.roles
    .filter(
      (other) =>
        other.name !== role &&
        !known.has(other.name) &&
        !other.superuser &&
        (other.canLogin || apiRoles.has(other.name)) &&
        inherits(index, other, role),
    )
    .map(({ name }) => name)
}

/** Whether a role has all rights on an object as its owner, so that it needs no grant on it. */
export function isOwner(index: CatalogIndex, name: string, grant: Grant): boolean {
  const role = index.roles.get(name)
  const owner = ownerOf(index, grant)
  return role !== undefined && owner !== undefined && (owner === name || inherits(index, role, owner))
}

export function ownerOf(index: CatalogIndex, { kind, object }: Grant): string | undefined {
  switch (kind) {
    case 'relation':
      return index.relations.get(object)?.owner
    case 'routine':
      return index.routines.get(object)?.owner
    case 'sequence':
      return index.sequences.get(object)?.owner
    case 'schema':
      return index.catalog.schemas.find(({ name }) => quoteIdentifier(name) === object)?.owner
  }
}

function inherits(index: CatalogIndex, from: Role, wanted: string, seen = new Set<string>()): boolean {
  if (seen.has(from.name)) return false
  seen.add(from.name)
  return from.memberOf.some(({ role, inherit }) => {
    const next = index.roles.get(role)
    return inherit && next !== undefined && (role === wanted || inherits(index, next, wanted, seen))
  })
}
