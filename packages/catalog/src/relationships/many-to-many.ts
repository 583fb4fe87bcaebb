import type { QualifiedName } from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'
import type { Relationship } from '../model/relationship.js'
import { primaryKeyOf } from './primary-key.js'

/**
 * Many-to-many relationships: two many-to-one of a junction whose primary key includes the columns of both ("Many-to-many
 * relationships" in PostgREST's manual). Of a view the primary keys that it passes on count.
 */
export function manyToManyOf(foreignKeys: readonly Relationship[], index: CatalogIndex): Relationship[] {
  const byJunction = new Map<QualifiedName, Relationship[]>()
  for (const relationship of foreignKeys) {
    if (relationship.kind !== 'many-to-one') continue
    const known = byJunction.get(relationship.source)
    if (known) known.push(relationship)
    else byJunction.set(relationship.source, [relationship])
  }
  return [...byJunction].flatMap(([junction, keys]) => {
    if (keys.length < 2) return []
    const relation = index.relations.get(junction)
    const primaryKey = new Set(relation && primaryKeyOf(relation, index))
    const inKey = keys.filter(({ columns }) => columns.every(([column]) => primaryKey.has(column)))
    return inKey.flatMap((first) =>
      inKey.filter((second) => second.name !== first.name).map((second) => through(junction, first, second)),
    )
  })
}

function through(relation: QualifiedName, toSource: Relationship, toTarget: Relationship): Relationship {
  return {
    kind: 'many-to-many',
    source: toSource.target,
    target: toTarget.target,
    name: '',
    columns: [],
    sourceHoldsKey: false,
    isCertain: false,
    isToOne: false,
    isSelf: toSource.target === toTarget.target,
    junction: {
      relation,
      constraints: [toSource.name, toTarget.name],
      sourceColumns: toSource.columns.map(([junction, source]) => [source, junction] as const),
      targetColumns: toTarget.columns.map(([junction, target]) => [target, junction] as const),
    },
    computed: null,
  }
}
