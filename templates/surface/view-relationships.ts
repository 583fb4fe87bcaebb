import type { RelationSurface, RelationshipSurface, Surface } from '@rolecast/catalog'

/** Relationships of a role from which on only direct ones are offered, unless the configuration says otherwise. */
const very = { many: 5_000, ofEach: 20 }

/**
 * A surface with the relationships that a client offers. Each key of a table is also one of every view of it, from and to
 * every view of the other side, so that a schema with many views has more relationships than anybody reads.
 *
 * - `all`: every one.
 * - `direct`: not those to a view, or through one, where the same key leads to a table.
 * - `none`: those between tables only.
 *
 * Without a choice: `direct` where there are very many, `all` otherwise.
 */
export function withChosenRelationships(surface: Surface, choice?: 'all' | 'direct' | 'none'): Surface {
  const chosen = choice ?? (isVeryMany(surface) ? 'direct' : 'all')
  if (chosen === 'all') return surface
  const kinds = new Map(surface.relations.map(({ schema, name, kind }) => [pathOf({ schema, name }), kind]))
  const isView = (relation: Named) => kinds.get(pathOf(relation))?.endsWith('view') === true
  const isOfView = ({ target, junction }: RelationshipSurface) =>
    isView(target) || (junction !== null && isView(junction))
  const reduced = (relation: RelationSurface): RelationSurface => {
    const ofTables = relation.relationships.filter((relationship) => !isOfView(relationship))
    if (chosen === 'none') return { ...relation, relationships: isView(relation) ? [] : ofTables }
    const keys = new Set(ofTables.map(keyOf))
    const direct = (relationship: RelationshipSurface) => !isOfView(relationship) || !keys.has(keyOf(relationship))
    return { ...relation, relationships: relation.relationships.filter(direct) }
  }
  return { ...surface, relations: surface.relations.map(reduced) }
}

/** How many relationships a surface has. */
export function countRelationships({ relations }: Surface): number {
  return relations.reduce((sum, { relationships }) => sum + relationships.length, 0)
}

function isVeryMany(surface: Surface): boolean {
  const count = countRelationships(surface)
  return count > very.many && count > very.ofEach * surface.relations.length
}

interface Named {
  readonly schema: string
  readonly name: string
}

const pathOf = ({ schema, name }: Named) => JSON.stringify([schema, name])

/** What is the same for a table and its views: the key's columns on the side that holds it; a junction is a way of its own. */
function keyOf({ kind, columns, sourceHoldsKey, junction }: RelationshipSurface): string {
  if (junction !== null) return kind
  return JSON.stringify([sourceHoldsKey, columns.map(([own, other]) => (sourceHoldsKey ? own : other))])
}
