import type { QualifiedName, Relation } from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'
import type { Relationship } from '../model/relationship.js'

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
    const primaryKey = primaryKeyOf(junction, index)
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

/** The columns of the primary key; of a view those of every key that it passes on completely, each under one name. */
export function primaryKeyOf(key: QualifiedName, index: CatalogIndex): Set<string> {
  const relation = index.relations.get(key)
  if (relation === undefined) return new Set()
  return relation.view === null ? new Set(ownPrimaryKey(relation)) : passedOnKeys(relation, index)
}

function ownPrimaryKey(relation: Relation): readonly string[] {
  return relation.constraints.find(({ kind }) => kind === 'primary key')?.columns ?? []
}

function passedOnKeys(view: Relation, index: CatalogIndex): Set<string> {
  /** by base relation: its column → the first of the view's columns that passes it on */
  const names = new Map<QualifiedName, Map<string, string>>()
  for (const [position, column] of view.columns.entries()) {
    const seen = new Set<QualifiedName>()
    let origin = view.view?.origins[position] ?? null
    while (origin !== null && !seen.has(origin.relation)) {
      const { relation, column: baseColumn } = origin
      seen.add(relation)
      const ofBase = names.get(relation) ?? new Map<string, string>()
      names.set(relation, ofBase)
      if (!ofBase.has(baseColumn)) ofBase.set(baseColumn, column.name)
      const base = index.relations.get(relation)
      origin = base?.view?.origins[base.columns.findIndex(({ name }) => name === baseColumn)] ?? null
    }
  }
  const keys = [...names].flatMap(([relation, columns]) => {
    const base = index.relations.get(relation)
    const key = base ? ownPrimaryKey(base).map((column) => columns.get(column)) : []
    return key.every((column) => column !== undefined) ? key : []
  })
  return new Set(keys)
}
