import type { ColumnOfRelation } from '../expressions/column-of-relation.js'
import type { ColumnRow } from '../objects/rows.js'
import { keyOfColumn } from './never-null.js'
import type { ViewTree } from './view-tree.js'

/**
 * Whether a column may be null, through any number of views: the definition says no, or it is passed on from a column that
 * never is. Follows chains in a loop, so that depth costs no stack.
 */
export function nullabilityOf(
  columns: readonly ColumnRow[],
  neverNull: ReadonlySet<string>,
  views: ReadonlyMap<number, ViewTree>,
): (column: ColumnOfRelation) => boolean {
  const position = new Map<string, number>()
  const count = new Map<number, number>()
  for (const row of columns) {
    const index = count.get(row.relation) ?? 0
    count.set(row.relation, index + 1)
    if (views.has(row.relation)) position.set(keyOfColumn(row.relation, row.number), index)
  }
  return (column) => {
    const seen = new Set<string>()
    let next: boolean | ColumnOfRelation = column
    while (typeof next === 'object') {
      const key = keyOfColumn(next.relation, next.attribute)
      const view: ViewTree | undefined = views.get(next.relation)
      if (view === undefined) return !neverNull.has(key)
      if (seen.has(key)) return true
      seen.add(key)
      next = view.columns[position.get(key) ?? -1]?.nullable ?? true
    }
    return next
  }
}
