import { type Catalog, indexCatalog, type QualifiedName, type Relation } from '@rolecast/catalog'
import { keyOfRelation } from './claims.js'
import type { SeedRow } from './row.js'

/** A row that was made, as one relation shows it: the table itself, or a view that passes its columns on. */
export interface RelationRow {
  readonly row: SeedRow
  /** of the relation's columns */
  readonly values: Readonly<Record<string, string | null>>
  readonly key: readonly string[]
  /** the relation's name of a column of the row's table */
  nameOf(column: string): string | undefined
}

/** What a relation shows of the rows that were made. Views pass columns on as they are, or not at all. */
export function relationRows(catalog: Catalog, relation: Relation, made: readonly SeedRow[]): readonly RelationRow[] {
  const own = keyOfRelation(relation)
  const origins = relation.columns.map(({ name }) => ({ name, origin: originOf(catalog, own, name) }))
  return made.flatMap((row) => {
    const shown = origins.filter(({ origin }) => origin?.relation === row.relation)
    if (shown.length === 0) return []
    const nameOf = (column: string) => shown.find(({ origin }) => origin?.column === column)?.name
    const values = Object.fromEntries(
      shown.flatMap(({ name, origin }) => {
        const value = row.values[origin?.column ?? '']
        return value === undefined ? [] : [[name, value]]
      }),
    )
    const key = row.key.map(nameOf).filter((name) => name !== undefined)
    return [{ row, values, key: key.length === row.key.length ? key : [], nameOf }]
  })
}

function originOf(
  catalog: Catalog,
  key: QualifiedName,
  column: string,
  depth = 8,
): { relation: QualifiedName; column: string } | undefined {
  const relation = indexCatalog(catalog).relations.get(key)
  if (relation === undefined || depth === 0) return undefined
  if (relation.view === null) return { relation: key, column }
  const index = relation.columns.findIndex(({ name }) => name === column)
  const origin = relation.view.origins[index]
  return origin ? originOf(catalog, origin.relation, origin.column, depth - 1) : undefined
}
