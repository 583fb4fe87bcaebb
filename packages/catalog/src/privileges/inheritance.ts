import type { Relation } from '../catalog.js'
import type { CatalogIndex } from '../index-catalog.js'
import { keyOf } from './answers.js'

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
