import { isNode, type NodeValue, nodesOf, type TreeNode } from './node-tree.js'

/**
 * What a condition always is, as far as PostgreSQL's planner would fold it: constants under AND, OR and NOT. A condition
 * that is null lets no row through, and so counts as false.
 */
export function constantOf(tree: NodeValue | undefined): boolean | null {
  const value = foldedValue(tree, 0)
  return value === 'null' ? false : value
}

/** An AND, OR or NOT that the planner replaces by a constant, so that nothing within is ever prepared. */
export function isFolded(node: TreeNode): boolean {
  return (node.tag === 'BOOLEXPR' || node.tag === 'BOOL') && constantOf(node) !== null
}

/** Deeper conditions are taken for ones that rows decide, which is never wrong. */
const deepest = 500

/** A Boolean constant, or what AND, OR and NOT make of constants; 'null' is the constant NULL, null means that rows decide. */
export function foldedValue(tree: NodeValue | undefined, depth = 0): boolean | 'null' | null {
  if (!isNode(tree) || depth > deepest) return null
  if (tree.tag === 'CONST') return constant(tree)
  if (tree.tag !== 'BOOLEXPR' && tree.tag !== 'BOOL') return null
  const values = nodesOf(tree.fields.get('args')).map((item) => foldedValue(item, depth + 1))
  const operator = tree.fields.get('boolop')
  if (operator === 'not') {
    const [value = null] = values
    return typeof value === 'boolean' ? !value : value
  }
  const decisive = operator === 'or'
  if (values.includes(decisive)) return decisive
  if (values.includes(null)) return null
  return values.includes('null') ? 'null' : !decisive
}

function constant(node: TreeNode): boolean | 'null' | null {
  if (node.fields.get('constisnull') === 'true') return 'null'
  if (node.fields.get('consttype') !== '16') return null
  const bytes = node.fields.get('constvalue')
  return Array.isArray(bytes) ? bytes[0] !== '0' : null
}
