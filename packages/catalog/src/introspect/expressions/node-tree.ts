/** PostgreSQL's expression trees (`pg_node_tree`), read by `parseNodeTree`. */
export type NodeValue = string | null | TreeNode | readonly NodeValue[]

export interface TreeNode {
  readonly tag: string
  readonly fields: ReadonlyMap<string, NodeValue>
}

export function isNode(value: NodeValue | undefined): value is TreeNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isList(value: NodeValue | undefined): value is readonly NodeValue[] {
  return Array.isArray(value)
}

export function nodesOf(value: NodeValue | undefined): readonly TreeNode[] {
  return isList(value) ? value.filter(isNode) : isNode(value) ? [value] : []
}

export function nodeAt(node: TreeNode, field: string): TreeNode | undefined {
  const value = node.fields.get(field)
  return isNode(value) ? value : undefined
}

export function numberAt(node: TreeNode, field: string): number {
  const value = node.fields.get(field)
  return typeof value === 'string' ? Number(value) : 0
}

/** Members of a bitmapset, `(b 8 9)`. */
export function bitsAt(node: TreeNode, field: string): number[] {
  const value = node.fields.get(field)
  return isList(value) ? value.slice(1).map(Number) : []
}

/**
 * Visits a tree depth first, in the order of its text, without recursion. `depth` counts the sub-selects around a node
 * within the tree: a variable of the tree's own query has `varlevelsup` equal to it. Where `visit` says false, the inside
 * of the node is left out.
 */
export function walk(tree: NodeValue | undefined, visit: (node: TreeNode, depth: number) => boolean): void {
  const pending: { value: NodeValue; depth: number }[] = isNode(tree) || isList(tree) ? [{ value: tree, depth: 0 }] : []
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value } = next
    let { depth } = next
    if (isNode(value)) {
      if (!visit(value, depth)) continue
      if (value.tag === 'QUERY') depth += 1
    }
    const inside = isNode(value) ? [...value.fields.values()] : isList(value) ? value : []
    for (const item of inside.toReversed()) if (isNode(item) || isList(item)) pending.push({ value: item, depth })
  }
}
