import type { RelationSurface, RelationshipSurface } from '@rolecast/catalog'
import { Names, singular } from '../writing/names.js'

/**
 * A name for each relationship of a relation, in the same order: short where that is unambiguous, else longer, and the
 * same whatever order the database made them in. None is a name of a column, since rows hold both. Those of views come
 * after the others, so that a new view of a table changes no name of the table's own.
 */
export function nameRelationships(
  relation: RelationSurface,
  relationships: readonly RelationshipSurface[],
  isOfView: (relationship: RelationshipSurface) => boolean = () => false,
): readonly string[] {
  const taken = new Set([...relation.columns, ...relation.computed].map(({ name }) => name))
  const names = new Map<RelationshipSurface, string>()
  for (const ofViews of [false, true]) {
    const group = relationships.filter((relationship) => isOfView(relationship) === ofViews)
    for (const [index, name] of nameGroup(relation, group, taken).entries()) {
      const relationship = group[index]
      if (relationship !== undefined) names.set(relationship, name)
      taken.add(name)
    }
  }
  return relationships.map((relationship) => names.get(relationship) ?? '')
}

function nameGroup(
  relation: RelationSurface,
  relationships: readonly RelationshipSurface[],
  taken: ReadonlySet<string>,
): readonly string[] {
  const candidates = relationships.map((relationship) => candidateNames(relation, relationship))
  const levels = relationships.map(() => 0)
  const nameOf = (index: number) => candidates[index]?.[levels[index] ?? 0] ?? ''
  // All that share a name move on to their next candidates, so that none depends on which came first.
  for (let moved = true; moved; ) {
    const uses = countBy(relationships.map((_, index) => nameOf(index)))
    moved = false
    for (const [index, level] of levels.entries()) {
      const crowded = (uses.get(nameOf(index)) ?? 0) > 1 || taken.has(nameOf(index))
      if (!crowded || level + 1 >= (candidates[index]?.length ?? 0)) continue
      levels[index] = level + 1
      moved = true
    }
  }
  const names = new Names(taken)
  const keys = relationships.map((_, index) => sortKey(index))
  const order = relationships.map((_, index) => index).sort((a, b) => compare(keys[a] ?? '', keys[b] ?? ''))
  const claimed = new Map(order.map((index) => [index, names.claim(nameOf(index))]))
  return relationships.map((_, index) => claimed.get(index) ?? '')

  function sortKey(index: number): string {
    const { kind, target, hint, request } = relationships[index] ?? {}
    return JSON.stringify([kind, target?.schema, target?.name, hint, request])
  }
}

function candidateNames(relation: RelationSurface, relationship: RelationshipSurface): readonly string[] {
  const { kind, target, cardinality, sourceHoldsKey, columns, junction, request } = relationship
  const [sourceColumns, targetColumns] = [columns.map(([source]) => source), columns.map(([, other]) => other)]
  const isSelf = target.name === relation.name && target.schema === relation.schema
  const plural = withoutPrefix(target.name, `${singular(relation.name)}_`)
  const by = (names: readonly string[]) => (names.length > 0 ? `_by_${names.map(withoutSuffix).join('_')}` : '')
  switch (kind) {
    case 'computed':
      return [request]
    case 'many-to-many':
      return [
        plural,
        target.name,
        `${target.name}_via_${junction?.name ?? ''}`,
        `${target.name}_via_${junction?.name ?? ''}${by(sourceColumns)}`,
      ]
    case 'many-to-one':
      return toOne()
    case 'one-to-one':
      return isPrimaryKey(relation, sourceColumns)
        ? [singular(plural), singular(target.name), singular(target.name) + by(targetColumns)]
        : toOne()
    case 'one-to-many':
      return isSelf ? [target.name + by(targetColumns)] : [plural, target.name, target.name + by(targetColumns)]
  }

  /** After the key's one column, on the side that holds it (`customer_id` → `customer`), or after the relation it leads to. */
  function toOne(): readonly string[] {
    const name = singular(target.name)
    const [column, ...more] = sourceColumns
    const isHolder = kind === 'many-to-one' || sourceHoldsKey
    const own =
      column !== undefined && more.length === 0 && cardinality === 'one' && isHolder ? withoutSuffix(column) : name
    const others = kind === 'many-to-one' ? [target.name] : []
    return [own === column ? name : own, name, ...others, name + by(sourceColumns)]
  }
}

/** Of a one-to-one: whether the relation's side of it is its primary key, after which nothing is named. */
function isPrimaryKey(relation: RelationSurface, columns: readonly string[]): boolean {
  return relation.primaryKey.length > 0 && relation.primaryKey.every((column) => columns.includes(column))
}

function withoutSuffix(column: string): string {
  return column.replace(/(?:_(?:id|uuid|fk|key|ref|no|code)|Id)$/, '') || column
}

function withoutPrefix(name: string, prefix: string): string {
  return name.startsWith(prefix) && name.length > prefix.length ? name.slice(prefix.length) : name
}

function countBy(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
