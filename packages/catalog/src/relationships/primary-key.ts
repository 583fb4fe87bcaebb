import type { QualifiedName, Relation } from '../model/catalog.js'
import type { CatalogIndex } from '../model/index-catalog.js'

/**
 * The primary key's columns, as PostgREST has them: of a view those of every key that it passes on completely, each under
 * the first name that it has there. It says what a request may name, not that rows of a view are told apart: that is what
 * proven keys (`Relation.keys`) are for.
 */
export function primaryKeyOf(relation: Relation, index: CatalogIndex): readonly string[] {
  return relation.view === null ? ownPrimaryKey(relation) : passedOnKeys(relation, index)
}

function ownPrimaryKey(relation: Relation): readonly string[] {
  return relation.constraints.find(({ kind }) => kind === 'primary key')?.columns ?? []
}

function passedOnKeys(view: Relation, index: CatalogIndex): string[] {
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
  return [...new Set(keys)]
}
