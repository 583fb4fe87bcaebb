import { type CatalogIndex, qualifiedName, signatureOfRoutine } from '@rolecast/catalog'
import { publicPrivileges } from '../acl.js'
import { routineNamed, type UsageCell } from './cells.js'
import type { Reach } from './reach.js'

/** What a role may do on the exposed schemas by grants to PUBLIC, on objects that its statements do not touch. */
export function publicCells(
  index: CatalogIndex,
  schemas: readonly string[],
  role: string,
  reach: Reach,
): readonly UsageCell[] {
  const usable = new Set(index.privileges.get(role)?.schemas.filter((name) => schemas.includes(name)))
  const { relations, routines } = index.catalog
  return [
    ...relations
      .filter(({ schema, name }) => usable.has(schema) && !reach.relations.has(qualifiedName(schema, name)))
      .flatMap(({ schema, name, acl, columns }) => {
        const object = qualifiedName(schema, name)
        const onAll = publicPrivileges(acl).map((privilege): UsageCell => ({ object, verb: privilege.toLowerCase() }))
        const onColumns = columns.flatMap((column) =>
          publicPrivileges(column.acl).map(
            (privilege): UsageCell => ({ object, verb: privilege.toLowerCase(), column: column.name }),
          ),
        )
        return [...onAll, ...onColumns]
      }),
    ...routines
      .filter(
        (routine) =>
          usable.has(routine.schema) && isForAll(routine) && !reach.routines.has(signatureOfRoutine(routine)),
      )
      .map((routine): UsageCell => ({ object: routineNamed(index, signatureOfRoutine(routine)), verb: 'execute' })),
  ]
}

/** PostgreSQL gives EXECUTE to PUBLIC unless it was told otherwise; what a request cannot call is left out. */
function isForAll({ acl, kind, returns }: CatalogIndex['catalog']['routines'][number]): boolean {
  const isCallable = kind === 'function' && !['trigger', 'event_trigger'].includes(returns.type.formatted)
  return isCallable && (acl === null || publicPrivileges(acl).includes('EXECUTE'))
}
