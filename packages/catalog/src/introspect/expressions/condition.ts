import type { Condition } from '../../model/catalog.js'
import type { Names } from '../names.js'
import { isNode, type NodeValue, nodesOf, numberAt, type TreeNode } from './node-tree.js'
import { type TreeUses, usesOfTree } from './tree-dependencies.js'

/** A condition by object id; `Condition` is the same by name. */
export type TreeCondition =
  | boolean
  | null
  | { readonly operator: 'and' | 'or' | 'not'; readonly operands: readonly TreeCondition[] }
  | { readonly call: number; readonly uses: TreeUses }
  | { readonly uses: TreeUses }

/** Deeper ones are taken as a whole, which is never wrong about what they need. */
const deepest = 200

/** Takes AND, OR, NOT, constants and calls without arguments apart. No tree: true. */
export function readCondition(tree: NodeValue | undefined, depth = 0): TreeCondition {
  if (tree === undefined || tree === null) return true
  if (isNode(tree) && depth < deepest) {
    const constant = constantOf(tree)
    if (constant !== undefined) return constant
    const operator = tree.tag === 'BOOLEXPR' ? tree.fields.get('boolop') : undefined
    if (operator === 'and' || operator === 'or' || operator === 'not') {
      const operands = nodesOf(tree.fields.get('args')).map((operand) => readCondition(operand, depth + 1))
      return { operator, operands }
    }
    if (tree.tag === 'FUNCEXPR' && nodesOf(tree.fields.get('args')).length === 0) {
      return { call: numberAt(tree, 'funcid'), uses: usesOfTree(tree) }
    }
  }
  return { uses: usesOfTree(tree) }
}

const boolean = '16'

function constantOf(node: TreeNode): boolean | null | undefined {
  if (node.tag !== 'CONST') return undefined
  if (node.fields.get('constisnull') === 'true') return null
  const bytes = node.fields.get('constvalue')
  return node.fields.get('consttype') === boolean && Array.isArray(bytes) ? bytes[0] !== '0' : undefined
}

export function assembleCondition(condition: TreeCondition, names: Names, checkedAs?: 'owner' | 'current'): Condition {
  if (condition === null || typeof condition === 'boolean') return condition
  if ('operator' in condition) {
    const operands = condition.operands.map((operand) => assembleCondition(operand, names, checkedAs))
    if (condition.operator === 'not') return { not: operands[0] ?? null }
    return condition.operator === 'and' ? { all: operands } : { any: operands }
  }
  const planned = 'call' in condition ? names.plannedCall(condition.call) : undefined
  return planned ?? { uses: names.uses(condition.uses, checkedAs) }
}

/** What a condition always is, whoever asks; null where that depends. A condition that is NULL lets no row through. */
export function alwaysOf(condition: TreeCondition): boolean | null {
  const value = constantValue(condition)
  return value === undefined ? null : value === true
}

function constantValue(condition: TreeCondition): boolean | null | undefined {
  if (condition === null || typeof condition === 'boolean') return condition
  if (!('operator' in condition)) return undefined
  const values = condition.operands.map(constantValue)
  if (condition.operator === 'not') return typeof values[0] === 'boolean' ? !values[0] : values[0]
  const decisive = condition.operator === 'or'
  if (values.includes(decisive)) return decisive
  if (values.includes(undefined)) return undefined
  return values.includes(null) ? null : !decisive
}
