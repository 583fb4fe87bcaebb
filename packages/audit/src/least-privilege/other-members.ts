import type { CatalogIndex, Role } from '@rolecast/catalog'

/**
 * Roles that have another one's privileges as they are, and of which nobody said what they use: whoever logs in as them, or
 * becomes them, may need any of these. An owner that nobody logs in as uses what its views and functions do, which is known.
 */
export function otherMembers(index: CatalogIndex, role: string, judged: ReadonlySet<string>): readonly string[] {
  const apiRoles = new Set(index.catalog.security?.apiRoles)
  return index.catalog.roles
    .filter(
      (other) =>
        other.name !== role &&
        !judged.has(other.name) &&
        !other.superuser &&
        (other.canLogin || apiRoles.has(other.name)) &&
        inherits(index, other, role),
    )
    .map(({ name }) => name)
}

function inherits(index: CatalogIndex, from: Role, wanted: string, seen = new Set<string>()): boolean {
  if (seen.has(from.name)) return false
  seen.add(from.name)
  return from.memberOf.some(({ role, inherit }) => {
    const next = index.roles.get(role)
    return inherit && next !== undefined && (role === wanted || inherits(index, next, wanted, seen))
  })
}
