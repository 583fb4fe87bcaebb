import { EffectivePrivileges } from '../access/effective-privileges.js'
import type { Catalog, Routine } from '../model/catalog.js'
import { indexCatalog } from '../model/index-catalog.js'
import { qualifiedName } from '../postgres/names.js'
import type { FunctionSurface, Surface } from '../surface/surface.js'

/** Functions that a role may call only because PUBLIC may: PostgreSQL lets everybody, unless it is told otherwise. */
export function functionsByPublic(catalog: Catalog, surface: Surface): readonly FunctionSurface[] {
  const index = indexCatalog(catalog)
  const privileges = new EffectivePrivileges(index, surface.role)
  if (index.roles.get(surface.role)?.superuser) return []
  return surface.functions
    .filter(({ isFurtherWay }) => !isFurtherWay)
    .filter((each) => {
      const overloads = index.routinesByName.get(qualifiedName(each.schema, each.name)) ?? []
      const routine = overloads.find(({ identityArguments }) => identityArguments === each.arguments)
      return routine !== undefined && isByPublic(routine, privileges)
    })
}

function isByPublic({ owner, acl }: Routine, privileges: EffectivePrivileges): boolean {
  if (privileges.hasRole(owner)) return false
  const isOwn = (grantee: string | null) => grantee !== null && privileges.hasRole(grantee)
  return !(acl ?? []).some(
    ({ grantee, privileges }) => isOwn(grantee) && privileges.some(({ privilege }) => privilege === 'EXECUTE'),
  )
}
