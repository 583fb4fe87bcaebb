import type { ColumnOfRelation } from '../expressions/column-of-relation.js'
import type { ColumnRow } from '../objects/rows.js'
import { keyOfColumn } from './never-null.js'
import type { Nullness } from './nullness.js'

export interface NullFacts {
  readonly columns: readonly ColumnRow[]
  /** of tables: as `keyOfColumn` has them */
  readonly neverNull: ReadonlySet<string>
  /** of views, by column */
  readonly views: ReadonlyMap<number, { readonly columns: readonly { readonly nullable: Nullness }[] }>
  /** its rows may be of a time when other columns were NOT NULL */
  readonly isStored: (relation: number) => boolean
  /** returns null only for null */
  readonly isTotal: (routine: number) => boolean
  /** never returns null, whatever its arguments are; an aggregate: of a group that has a row */
  readonly isSure: (routine: number) => boolean
  /** of a group that has a row: null only for null */
  readonly isTotalOfGroups: (aggregate: number) => boolean
}

/** Views over views over views: deeper ones are taken for ones that may be null. */
const deepest = 300

/** Whether a column of a view may be null, through any number of views. */
export function nullabilityOf(facts: NullFacts): (column: ColumnOfRelation) => boolean {
  const { columns, neverNull, views, isStored } = facts
  const position = new Map<string, number>()
  const count = new Map<number, number>()
  for (const row of columns) {
    const index = count.get(row.relation) ?? 0
    count.set(row.relation, index + 1)
    if (views.has(row.relation)) position.set(keyOfColumn(row.relation, row.number), index)
  }
  const known = new Map<string, boolean>()

  function isNullable(column: ColumnOfRelation, depth: number): boolean {
    const key = keyOfColumn(column.relation, column.attribute)
    const view = views.get(column.relation)
    if (view === undefined) return !neverNull.has(key)
    const found = known.get(key)
    if (found !== undefined) return found
    if (depth > deepest) return true
    known.set(key, true) // for views that lead back to themselves
    const nullness = view.columns[position.get(key) ?? -1]?.nullable ?? true
    const mayBe = evaluate(nullness, isStored(column.relation), depth + 1)
    known.set(key, mayBe)
    return mayBe
  }

  /** @param isPast of rows stored before: what other relations promise now says nothing of them */
  function evaluate(nullness: Nullness, isPast: boolean, depth: number): boolean {
    if (typeof nullness === 'boolean') return nullness
    const mayBe = (part: Nullness) => evaluate(part, isPast, depth)
    if ('any' in nullness) return nullness.any.some(mayBe)
    if ('all' in nullness) return nullness.all.every(mayBe)
    if ('call' in nullness && facts.isSure(nullness.call)) return false
    if ('aggregate' in nullness && facts.isSure(nullness.aggregate)) return false
    if ('call' in nullness) return !facts.isTotal(nullness.call) || nullness.arguments.some(mayBe)
    if ('aggregate' in nullness) return !facts.isTotalOfGroups(nullness.aggregate) || nullness.arguments.some(mayBe)
    return isPast || isNullable(nullness, depth)
  }

  return (column) => isNullable(column, 0)
}
