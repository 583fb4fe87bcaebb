import { type NodeValue, nodeAt, nodesOf, numberAt, type TreeNode } from '../expressions/node-tree.js'

/** JoinType (src/include/nodes/nodes.h) */
const joins = { left: 1, full: 2, right: 3 }

export interface JoinCondition {
  readonly quals: NodeValue | undefined
  /** sources of the sides that the join may fill with nulls */
  readonly filled: readonly ReadonlySet<number>[]
}

export interface Joins {
  /** numbers of the sources that FROM joins, in its order */
  readonly numbers: readonly number[]
  readonly conditions: readonly JoinCondition[]
}

/** The joins of a query, flat. */
export function readJoins(query: TreeNode): Joins {
  const conditions: JoinCondition[] = []
  const numbers = sourcesIn(nodeAt(query, 'jointree'), conditions, 0)
  return { numbers, conditions }
}

/** Joins nested deeper than this are written by no one. */
const deepest = 1000

function sourcesIn(node: TreeNode | undefined, conditions: JoinCondition[], depth: number): number[] {
  if (node === undefined || depth > deepest) return []
  if (node.tag === 'RANGETBLREF') return [numberAt(node, 'rtindex')]
  if (node.tag === 'FROMEXPR') {
    return nodesOf(node.fields.get('fromlist')).flatMap((item) => sourcesIn(item, conditions, depth + 1))
  }
  const left = sourcesIn(nodeAt(node, 'larg'), conditions, depth + 1)
  const right = sourcesIn(nodeAt(node, 'rarg'), conditions, depth + 1)
  const type = numberAt(node, 'jointype')
  const filled = [
    ...(type === joins.right || type === joins.full ? [new Set(left)] : []),
    ...(type === joins.left || type === joins.full ? [new Set(right)] : []),
  ]
  conditions.push({ quals: node.fields.get('quals'), filled })
  return [...left, ...right]
}
