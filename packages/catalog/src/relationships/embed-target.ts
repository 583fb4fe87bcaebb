import type { Relationship } from '../model/relationship.js'
import { splitQualifiedName } from '../postgres/names.js'

/** How a request names what it embeds: `target` or `target!hint`. */
export interface EmbedTarget {
  readonly target: string
  readonly hint: string | null
}

/**
 * Whether a request may mean this relationship by `target!hint`. It means all of those for which this is true, and is
 * ambiguous where these are several.
 * @param isTable whether the relationship's target is a table: views are not found by the name of a key or column
 * @see PostgREST's manual, "Foreign Key Joins on Multiple Foreign Key Relationships" and "Recursive Relationships"
 */
export function isMeantBy(relationship: Relationship, { target, hint }: EmbedTarget, isTable: boolean): boolean {
  const { kind, name, columns, isSelf, junction } = relationship
  if (kind === 'computed') return name === target
  const isTarget = splitQualifiedName(relationship.target).name === target
  const [only, ...more] = columns
  const isColumn = (column: string, side: 0 | 1) => more.length === 0 && only?.[side] === column
  if (isSelf) {
    if (hint !== null) return isTarget && kind === 'one-to-many' && isColumn(hint, 1)
    return (isTarget && kind === 'one-to-many') || (kind === 'many-to-one' && isColumn(target, 0))
  }
  if (hint === null) {
    return isTarget || (isTable && kind !== 'many-to-many' && (name === target || isColumn(target, 0)))
  }
  if (!isTarget) return false
  if (junction !== null) return splitQualifiedName(junction.relation).name === hint
  return name === hint || isColumn(hint, 0) || isColumn(hint, 1)
}
