import { isFolded } from './constant.js'
import { bitsAt, type NodeValue, nodesOf, numberAt, type TreeNode, walk } from './node-tree.js'

/** What an expression or query needs, by object id; `ExpressionUses` is the same by name. */
export interface TreeUses {
  readonly functions: ReadonlySet<number>
  readonly sequences: ReadonlySet<number>
  readonly relations: readonly RelationUse[]
  /** attribute numbers of the variables outside of sub-selects: of a table's own expressions its columns */
  readonly variables: ReadonlySet<number>
}

export const noUses: TreeUses = {
  functions: new Set(),
  sequences: new Set(),
  relations: [],
  variables: new Set(),
}

/** One entry of a range table with the columns (attribute numbers, 0 for the whole row) that each privilege is checked on. */
export interface RelationUse {
  readonly relation: number
  readonly select: readonly number[] | null
  readonly insert: readonly number[] | null
  readonly update: readonly number[] | null
  readonly delete: boolean
}

/** The field of each node that PostgreSQL checks EXECUTE on when it prepares the node (execExpr.c, nodeAgg.c). */
const functionFields: Readonly<Record<string, string>> = {
  FUNCEXPR: 'funcid',
  OPEXPR: 'opfuncid',
  DISTINCTEXPR: 'opfuncid',
  NULLIFEXPR: 'opfuncid',
  SCALARARRAYOPEXPR: 'opfuncid',
  AGGREF: 'aggfnoid',
  WINDOWFUNC: 'winfnoid',
}

const nextval = 1574
const regclass = 2205

export function usesOfTree(...trees: readonly (NodeValue | undefined)[]): TreeUses {
  const functions = new Set<number>()
  const sequences = new Set<number>()
  const relations: RelationUse[] = []
  const variables = new Set<number>()
  for (const tree of trees) {
    walk(tree, (node) => {
      if (isFolded(node)) return false
      const field = functionFields[node.tag]
      if (field !== undefined) functions.add(numberAt(node, field))
      if (node.tag === 'FUNCEXPR' && numberAt(node, 'funcid') === nextval) {
        const [sequence] = nodesOf(node.fields.get('args'))
        if (sequence?.tag === 'CONST' && numberAt(sequence, 'consttype') === regclass) sequences.add(oidOf(sequence))
      }
      if (node.tag === 'VAR' && numberAt(node, 'varlevelsup') === 0) variables.add(numberAt(node, 'varattno'))
      const use = permissionOf(node)
      if (use !== undefined) relations.push(use)
      return true
    })
  }
  functions.delete(0)
  sequences.delete(0)
  return { functions, sequences, relations, variables }
}

/** The range table entries of OLD and NEW in a rule's action. */
const ruleEntries = { old: 1, new: 2 }

/** Whether a rule's actions mention OLD or NEW. */
export function mentions(actions: NodeValue, which: keyof typeof ruleEntries): boolean {
  let found = false
  walk(actions, (node, depth) => {
    const isOwn = numberAt(node, 'varlevelsup') === depth - 1
    if (node.tag === 'VAR' && numberAt(node, 'varno') === ruleEntries[which] && isOwn) found = true
    return !found
  })
  return found
}

const acl = { insert: 1, select: 2, update: 4, delete: 8 }

/** Sets of columns count from the lowest system attribute: FirstLowInvalidHeapAttributeNumber. */
const lowestAttribute = -7

/** Before PostgreSQL 16 the range table entry itself says what is checked, from 16 on a node of its own. */
export function permissionOf(node: TreeNode): RelationUse | undefined {
  if (!node.fields.has('requiredPerms')) return undefined
  const required = numberAt(node, 'requiredPerms')
  const relation = numberAt(node, 'relid')
  if (required === 0 || relation === 0) return undefined
  const columns = (field: string) => bitsAt(node, field).map((bit) => bit + lowestAttribute)
  return {
    relation,
    select: required & acl.select ? columns('selectedCols') : null,
    insert: required & acl.insert ? columns('insertedCols') : null,
    update: required & acl.update ? columns('updatedCols') : null,
    delete: (required & acl.delete) !== 0,
  }
}

/** An object id in a constant's bytes, which come in the server's order: little-endian everywhere PostgreSQL 14+ is built for in practice. */
function oidOf(constant: TreeNode): number {
  const bytes = constant.fields.get('constvalue')
  if (!Array.isArray(bytes)) return 0
  return bytes.slice(0, 4).reduce<number>((sum, byte, index) => sum + (Number(byte) & 0xff) * 256 ** index, 0)
}
