import type { RelationSurface, RelationshipSurface } from '@rolecast/catalog'
import { TypeNames } from '@rolecast/catalog'
import { candidateNames, isCalledById } from './relationship-candidates.js'

/**
 * A name for each relationship of a relation, in the same order. A name follows from the relationship's own key, and not
 * from what else there is, so that a new key changes no name. Only where two would share a name, one of them or both get
 * a longer one. None is a name of a column, since rows hold both.
 */
export function nameRelationships(
  relation: RelationSurface,
  relationships: readonly RelationshipSurface[],
  isOfView: (relationship: RelationshipSurface) => boolean = () => false,
): readonly string[] {
  const taken = new Set([...relation.columns, ...relation.computed].map(({ name }) => name))
  const things = relationships.map((relationship) => {
    const candidates = candidateNames(relation, relationship)
    return { relationship, candidates, rank: rankOf({ relationship, candidates }, isOfView(relationship)) }
  })
  const names = new Map<RelationshipSurface, string>()
  for (const rank of [...new Set(things.map((thing) => thing.rank))].sort((a, b) => a - b)) {
    const group = things.filter((thing) => thing.rank === rank)
    for (const [relationship, name] of nameGroup(group, taken)) {
      names.set(relationship, name)
      taken.add(name)
    }
  }
  return relationships.map((relationship) => names.get(relationship) ?? '')
}

const kinds = ['computed', 'many-to-one', 'one-to-one', 'one-to-many', 'many-to-many'] as const

/** Who takes a name first: tables before views, direct before indirect, whole names before shortened ones. */
function rankOf({ relationship, candidates }: Thing, isOfView: boolean): number {
  const { kind, target } = relationship
  const isShortened = kind === 'one-to-many' && !candidates[0]?.startsWith(target.name)
  const place = isShortened ? kinds.length : kinds.indexOf(kind)
  return (isOfView ? 20 : 0) + 2 * place + (isCalledById(relationship) ? 0 : 1)
}

interface Thing {
  readonly relationship: RelationshipSurface
  readonly candidates: readonly string[]
}

function nameGroup(things: readonly Thing[], taken: ReadonlySet<string>): [RelationshipSurface, string][] {
  const levels = things.map(() => 0)
  const nameOf = (index: number) => things[index]?.candidates[levels[index] ?? 0] ?? ''
  // All that share a name move on to their next candidates, so that none depends on which came first.
  for (let moved = true; moved; ) {
    const uses = countBy(things.map((_, index) => nameOf(index)))
    moved = false
    for (const [index, level] of levels.entries()) {
      const crowded = (uses.get(nameOf(index)) ?? 0) > 1 || taken.has(nameOf(index))
      if (!crowded || level + 1 >= (things[index]?.candidates.length ?? 0)) continue
      levels[index] = level + 1
      moved = true
    }
  }
  // Only a catalog that lies has two relationships that nothing tells apart: these get numbers.
  const names = new TypeNames(taken)
  const named = things.map(({ relationship }, index) => ({
    relationship,
    name: nameOf(index),
    key: sortKey(relationship),
  }))
  named.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return named.map(({ relationship, name }) => [relationship, names.claim(name)])
}

function sortKey({ kind, target, hint, request }: RelationshipSurface): string {
  return JSON.stringify([kind, target.schema, target.name, hint, request])
}

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
