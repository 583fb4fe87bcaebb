import { isNode, type NodeValue, nodeAt, nodesOf, numberAt, type TreeNode } from '../expressions/node-tree.js'

/** SETOP_UNION of `SetOperation` (src/include/nodes/parsenodes.h). */
const union = '1'

/**
 * The queries that a UNION ALL is made of, if the planner takes it apart (is_simple_union_all): then it computes of each
 * only the columns that are asked for.
 */
export function partsOfUnionAll(query: TreeNode): TreeNode[] | undefined {
  const whole = ['sortClause', 'limitOffset', 'limitCount', 'rowMarks', 'cteList']
  if (whole.some((field) => (query.fields.get(field) ?? null) !== null)) return undefined
  const tables = nodesOf(query.fields.get('rtable'))
  const parts: TreeNode[] = []
  const pending: (NodeValue | undefined)[] = [query.fields.get('setOperations')]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!isNode(next)) return undefined
    if (next.tag === 'RANGETBLREF') {
      const table = tables[numberAt(next, 'rtindex') - 1]
      const part = table && nodeAt(table, 'subquery')
      if (part === undefined || isNode(part.fields.get('setOperations'))) return undefined
      parts.push(part)
    } else if (next.fields.get('op') === union && next.fields.get('all') === 'true') {
      pending.push(next.fields.get('rarg'), next.fields.get('larg'))
    } else return undefined
  }
  return parts
}
