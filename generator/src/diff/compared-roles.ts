import type { Catalog } from '@rolecast/catalog'

/**
 * The roles that requests run as, of either side: all that PostgreSQL was asked about, but superusers, the authenticator,
 * and owners of what is exposed, for whom every new table would be news.
 */
export function comparedRoles(
  catalogs: readonly Catalog[],
  schemas: readonly string[],
  authenticator: string | undefined,
): readonly string[] {
  const owners = new Set(
    catalogs.flatMap(({ relations, routines, schemas: all }) => [
      ...[...relations, ...routines].filter(({ schema }) => schemas.includes(schema)).map(({ owner }) => owner),
      ...all.filter(({ name }) => schemas.includes(name)).map(({ owner }) => owner),
    ]),
  )
  const superusers = new Set(
    catalogs.flatMap(({ roles }) => roles.filter(({ superuser }) => superuser).map(({ name }) => name)),
  )
  const asked = new Set(catalogs.flatMap(({ privileges }) => privileges.map(({ role }) => role)))
  return [...asked]
    .filter((role) => !owners.has(role) && !superusers.has(role) && role !== authenticator && !role.startsWith('pg_'))
    .sort()
}
