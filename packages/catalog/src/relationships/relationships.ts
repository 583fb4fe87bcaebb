import type { Catalog } from '../model/catalog.js'
import { indexCatalog } from '../model/index-catalog.js'
import type { Relationship } from '../model/relationship.js'
import { byNames } from '../postgres/names.js'
import { computedOf, replacedBy } from './computed.js'
import { foreignKeysOf, inverseOf } from './foreign-keys.js'
import { manyToManyOf } from './many-to-many.js'

/**
 * All ways to embed one relation of the exposed schemas in another ("Resource Embedding" in PostgREST's manual), sorted.
 * What a hidden table relates to shows through the views that pass its key columns on; a junction must be exposed.
 */
export function relationshipsOf(catalog: Catalog, schemas: readonly string[]): Relationship[] {
  const index = indexCatalog(catalog)
  const exposed = new Set(schemas)
  const foreignKeys = foreignKeysOf(index, exposed)
  const computed = computedOf(index, exposed)
  const isReplaced = replacedBy(computed, index)
  const found = [
    ...foreignKeys,
    ...foreignKeys.map((key) => inverseOf(key, index)),
    ...manyToManyOf(foreignKeys, index),
  ]
  return [...found.filter((relationship) => !isReplaced(relationship)), ...computed].sort(order)
}

const order = byNames<Relationship>(
  ({ source }) => source,
  ({ target }) => target,
  ({ kind }) => kind,
  ({ name, computed, junction }) => computed?.function ?? junction?.relation ?? name,
  ({ sourceHoldsKey }) => (sourceHoldsKey ? '0' : '1'),
  ({ junction }) => junction?.constraints.join('\0') ?? '',
  ({ columns, junction }) => JSON.stringify(junction ?? columns),
)
