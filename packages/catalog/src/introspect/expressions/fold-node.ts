import { isNode, type NodeValue, nodesOf, numberAt, type TreeNode } from './node-tree.js'

/**
 * What the planner makes of a node where constants decide (eval_const_expressions): the branch of a CASE that is taken,
 * the first of COALESCE that is there, a comparison of integers. AND, OR and NOT are left: what they fold to may depend
 * on who asks.
 */
export function foldNode(node: TreeNode): NodeValue {
  return folds[node.tag]?.(node) ?? node
}

const folds: Readonly<Record<string, (node: TreeNode) => NodeValue | undefined>> = {
  CASE: foldCase,
  CASEEXPR: foldCase,
  COALESCE: foldCoalesce,
  COALESCEEXPR: foldCoalesce,
  NULLTEST: foldNullTest,
  OPEXPR: foldComparison,
}

/** Branches whose condition is never true are dropped, and all that follows one that always is. */
function foldCase(node: TreeNode): NodeValue | undefined {
  if (isNode(node.fields.get('arg'))) return undefined
  const branches: TreeNode[] = []
  const all = nodesOf(node.fields.get('args'))
  let otherwise = node.fields.get('defresult') ?? null
  for (const branch of all) {
    const value = booleanOf(branch.fields.get('expr'))
    if (value === true) {
      otherwise = branch.fields.get('result') ?? null
      break
    }
    if (value === undefined) branches.push(branch)
  }
  if (branches.length === 0) return otherwise
  if (branches.length === all.length) return undefined
  return { tag: node.tag, fields: new Map([...node.fields, ['args', branches], ['defresult', otherwise]]) }
}

function foldCoalesce(node: TreeNode): NodeValue | undefined {
  const values = nodesOf(node.fields.get('args'))
  const kept = values.filter((value) => !isNull(value))
  const last = kept.findIndex((value) => value.tag === 'CONST')
  if (last === 0) return kept[0]
  if (last < 0 && kept.length === values.length) return undefined
  const args = last < 0 ? kept : kept.slice(0, last + 1)
  return args.length === 0 ? values[0] : { tag: node.tag, fields: new Map([...node.fields, ['args', args]]) }
}

/** nulltesttype: IS NULL or IS NOT NULL */
const isNullTest = 0

function foldNullTest(node: TreeNode): NodeValue | undefined {
  const tested = node.fields.get('arg')
  if (!isNode(tested) || tested.tag !== 'CONST') return undefined
  return constant((numberAt(node, 'nulltesttype') === isNullTest) === isNull(tested))
}

/** int4eq and its like, by object id (src/include/catalog/pg_proc.dat). */
const comparisons = new Map<number, (a: number, b: number) => boolean>([
  [65, (a, b) => a === b],
  [144, (a, b) => a !== b],
  [66, (a, b) => a < b],
  [147, (a, b) => a > b],
  [149, (a, b) => a <= b],
  [150, (a, b) => a >= b],
])

function foldComparison(node: TreeNode): NodeValue | undefined {
  const compare = comparisons.get(numberAt(node, 'opfuncid'))
  if (compare === undefined) return undefined
  const [left, right] = nodesOf(node.fields.get('args')).map(integerOf)
  return left === undefined || right === undefined ? undefined : constant(compare(left, right))
}

const types = { boolean: '16', integer: '23' }

/** A Boolean constant's value; null, as a condition, is false. */
function booleanOf(value: NodeValue | undefined): boolean | undefined {
  if (!isNode(value) || value.tag !== 'CONST') return undefined
  return !isNull(value) && bytesOf(value)[0] !== 0
}

function integerOf(node: TreeNode): number | undefined {
  if (node.tag !== 'CONST' || node.fields.get('consttype') !== types.integer || isNull(node)) return undefined
  return bytesOf(node)
    .slice(0, 4)
    .reduce((sum, byte, index) => sum | (byte << (8 * index)), 0)
}

const isNull = (node: TreeNode) => node.tag === 'CONST' && node.fields.get('constisnull') === 'true'

function bytesOf(node: TreeNode): number[] {
  const bytes = node.fields.get('constvalue')
  return Array.isArray(bytes) ? bytes.map((byte) => Number(byte) & 0xff) : []
}

function constant(value: boolean): TreeNode {
  const fields: [string, NodeValue][] = [
    ['consttype', types.boolean],
    ['constisnull', 'false'],
    ['constvalue', [value ? '1' : '0']],
  ]
  return { tag: 'CONST', fields: new Map(fields) }
}
