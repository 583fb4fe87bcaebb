import type { ColumnOfRelation } from '../expressions/column-of-relation.js'
import { isNode, type NodeValue, nodeAt, nodesOf, numberAt, type TreeNode } from '../expressions/node-tree.js'
import { hasSetOperations, kinds, meaningOf, type Place, tableAt } from './view-places.js'

const joins = { left: 1, full: 2, right: 3 }

/** Range table numbers whose rows an outer join may fill with nulls. */
export function tablesUnderOuterJoins(query: TreeNode): Set<number> {
  const nullable = new Set<number>()
  const pending = [{ node: nodeAt(query, 'jointree'), isNullable: false }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, isNullable } = next
    if (node?.tag === 'RANGETBLREF' && isNullable) nullable.add(numberAt(node, 'rtindex'))
    if (node?.tag === 'FROMEXPR') {
      for (const item of nodesOf(node.fields.get('fromlist'))) pending.push({ node: item, isNullable })
    }
    if (node?.tag === 'JOINEXPR') {
      const type = numberAt(node, 'jointype')
      if (isNullable) nullable.add(numberAt(node, 'rtindex'))
      const left = isNullable || type === joins.right || type === joins.full
      const right = isNullable || type === joins.left || type === joins.full
      pending.push({ node: nodeAt(node, 'larg'), isNullable: left }, { node: nodeAt(node, 'rarg'), isNullable: right })
    }
  }
  return nullable
}

/** count(*) and count(any) */
const counts = new Set([2803, 2147])

/** Whether a view's column may be null; or the column of a relation that decides. */
export function nullableOf(
  top: Place,
  topTables: ReadonlySet<number>,
  expression: NodeValue | undefined,
): boolean | ColumnOfRelation {
  let place = top
  let nullableTables = topTables
  let value = expression
  for (;;) {
    if (!isNode(value)) return true
    if (value.tag === 'CONST') return value.fields.get('constisnull') === 'true'
    if (value.tag === 'AGGREF') return !counts.has(numberAt(value, 'aggfnoid'))
    if (value.tag === 'WINDOWFUNC') return !counts.has(numberAt(value, 'winfnoid'))
    if (value.tag === 'RELABELTYPE' || value.tag === 'COERCETODOMAIN') {
      value = value.fields.get('arg')
      continue
    }
    if (value.tag !== 'VAR' || numberAt(value, 'varlevelsup') > 0) return true
    const number = numberAt(value, 'varno')
    if (nullableTables.has(number) || Array.isArray(place.query.fields.get('groupingSets'))) return true
    const table = tableAt(place, number)
    if (table !== undefined && numberAt(table, 'rtekind') === kinds.relation) {
      return { relation: numberAt(table, 'relid'), attribute: numberAt(value, 'varattno') }
    }
    const meaning = meaningOf(place, value)
    if (meaning === undefined || hasSetOperations(meaning.place)) return true
    if (meaning.place !== place) nullableTables = tablesUnderOuterJoins(meaning.place.query)
    place = meaning.place
    value = meaning.expression
  }
}
