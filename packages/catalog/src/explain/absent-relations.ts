import { keyOf } from '../access/effective-privileges.js'
import { factsOf, type Refusal } from '../access/refusal.js'
import { RelationAccess } from '../access/relation-access.js'
import { Reading } from '../access/select/reading.js'
import type { Catalog, Relation } from '../model/catalog.js'
import { indexCatalog } from '../model/index-catalog.js'
import { qualifiedName } from '../postgres/names.js'
import type { Surface } from '../surface/surface.js'

/** A relation that a role was given something on, and can use for nothing all the same. */
export interface AbsentRelation {
  readonly schema: string
  readonly name: string
  /** the facts that PostgreSQL refuses for */
  readonly reasons: readonly string[]
}

/**
 * Relations of the exposed schemas that are not on a role's surface although the role has a privilege on them: what is
 * missing is a privilege of a view's owner, say, or a policy reads its own table. For those who may see everything.
 */
export function absentRelations(
  catalog: Catalog,
  surface: Surface,
  schemas: readonly string[],
): readonly AbsentRelation[] {
  const index = indexCatalog(catalog)
  const access = new RelationAccess(new Reading(index, surface.role))
  const present = new Set(surface.relations.map(({ schema, name }) => qualifiedName(schema, name)))
  const privileges = index.privileges.get(surface.role)
  const exposed = catalog.relations.filter(({ schema }) => schemas.includes(schema))
  return exposed.flatMap((relation) => {
    const given = privileges?.relations[keyOf(relation)]
    if (present.has(keyOf(relation)) || relation.isPartition || given === undefined) return []
    const reasons = new Set(refusalsOf(relation, access).flatMap((refusal) => factsOf(refusal).at(-1) ?? []))
    return reasons.size === 0 ? [] : [{ schema: relation.schema, name: relation.name, reasons: [...reasons] }]
  })
}

/** What every verb is refused for, but for privileges that the role was not given: nobody misses these. */
function refusalsOf(relation: Relation, access: RelationAccess): Refusal[] {
  const columns = relation.columns.map(({ name }) => [name])
  const decisions = [
    ...columns.map((names) => access.select(relation, names)),
    ...columns.map((names) => access.insert(relation, names)),
    ...columns.map((names) => access.update(relation, names)),
    access.delete(relation),
  ]
  const refusals = decisions.flatMap(({ refusal }) => refusal ?? [])
  return refusals.filter(({ rule, because }) => !(rule === 'grant' && because === null))
}
