import { type Catalog, type Surface, surfaceOf } from '@rolecast/catalog'
import type { Cell, Change } from './change.js'
import { compareSurfaces } from './compare-surfaces.js'
import { definitionChanges } from './definition-changes.js'
import { memberOf } from './member.js'
import { policyChanges } from './policy-changes.js'

/** One side of a comparison. */
export interface Side {
  readonly catalog: Catalog
  /** the exposed schemas, the default one first */
  readonly schemas: readonly string[]
  /** whom to look at; a role that is not there may do nothing */
  readonly role: string
}

/**
 * What a role may do after that it might not before, and the other way round. With two roles of one catalog it is what the
 * second may do and the first may not.
 *
 * @param anonymous the role of requests without a token
 * @throws UnknownNameError, MissingPrivilegesError
 */
export function compareCatalogs(before: Side, after: Side, anonymous: string | null): readonly Change[] {
  const surfaces = compareSurfaces({ ...surface(before), role: after.role }, surface(after), anonymous)
  const schema = after.schemas[0]
  if (before.role !== after.role) return surfaces
  const member = (cell: Cell) => memberOf(cell, schema)
  return [
    ...surfaces,
    ...policyChanges(before.catalog, after.catalog, after.role, member),
    ...definitionChanges(before.catalog, after.catalog, after.role, member),
  ]
}

function surface({ catalog, schemas, role }: Side): Surface {
  const there = schemas.filter((name) => catalog.schemas.some((schema) => schema.name === name))
  if (catalog.roles.some(({ name }) => name === role)) return surfaceOf(catalog, role, { schemas: there })
  return { role, schemas: [], relations: [], functions: [], sqlFunctions: [], operators: {}, types: [] }
}
