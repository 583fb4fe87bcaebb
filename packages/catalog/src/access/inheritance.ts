import type { Relation } from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'
import { keyOf } from './effective-privileges.js'

/** Tables whose rows a statement on a relation reaches as well: partitions and inheritance children, at every depth. */
export function descendantsOf(index: CatalogIndex, relation: Relation): readonly Relation[] {
  const found = new Set<Relation>()
  const pending = [relation]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const child of index.children.get(keyOf(next)) ?? []) {
      if (found.has(child)) continue
      found.add(child)
      pending.push(child)
    }
  }
  return [...found]
}

/** The partitioned tables above a partition: its rows keep the bounds that each of them sets. */
export function partitionedAbove(index: CatalogIndex, relation: Relation): readonly Relation[] {
  const above: Relation[] = []
  if (!relation.hasBounds) return above
  let here = relation
  while (here.isPartition) {
    const [name] = here.parents
    const parent = name === undefined ? undefined : index.relations.get(name)
    if (parent === undefined || above.includes(parent)) break
    above.push(parent)
    here = parent
  }
  return above
}

/**
 * The partitions that a row may be put in, at the lowest level. Where a key has no value, it goes to the partition that
 * takes NULL by name, or to the default one.
 *
 * @param withValue columns of the row that have one
 */
export function partitionsFor(index: CatalogIndex, relation: Relation, withValue: readonly string[]): Relation[] {
  const found: Relation[] = []
  const pending = [relation]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const partitions = index.children.get(keyOf(next)) ?? []
    for (const partition of taking(next, partitions, withValue)) {
      if (partition.kind === 'partitioned table') pending.push(partition)
      else found.push(partition)
    }
  }
  return found
}

function taking(parent: Relation, partitions: readonly Relation[], withValue: readonly string[]): readonly Relation[] {
  const { partitioning } = parent
  const isNull = partitioning?.columns.some((name) => name !== null && !withValue.includes(name))
  if (!isNull || partitioning?.strategy === 'hash') return partitions
  const named = partitioning?.strategy === 'list' ? partitions.filter(({ bound }) => bound === 'null') : []
  return named.length > 0 ? named : partitions.filter(({ bound }) => bound === 'default')
}
