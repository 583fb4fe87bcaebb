import type { SequenceCall } from '../../model/catalog.js'
import { foldedValue, isFolded } from './constant.js'
import { bitsAt, type NodeValue, nodesOf, numberAt, type TreeNode, walk } from './node-tree.js'

/** What an expression or query needs, by object id; `ExpressionUses` is the same by name. */
export interface TreeUses {
  readonly functions: ReadonlySet<number>
  /** calls with constants only: the function, then those that its arguments call. Immutable ones are made while planning */
  readonly constantCalls: readonly (readonly number[])[]
  readonly sequences: readonly SequenceUse[]
  readonly relations: readonly RelationUse[]
  /** functions in what is folded away, which a volatile one keeps together all the same */
  readonly foldedFunctions: ReadonlySet<number>
  /** relations read in what is folded away, which the rewriter follows all the same */
  readonly foldedRelations: readonly number[]
  /** attribute numbers of the variables outside of sub-selects: of a table's own expressions its columns */
  readonly variables: ReadonlySet<number>
  /** types of all values within, folded ones too */
  readonly types: ReadonlySet<number>
}

export const noUses: TreeUses = {
  functions: new Set(),
  constantCalls: [],
  sequences: [],
  relations: [],
  foldedFunctions: new Set(),
  foldedRelations: [],
  variables: new Set(),
  types: new Set(),
}

/** A call of nextval() or the like with a constant: the sequence's id, or the text that names it. */
export interface SequenceUse {
  readonly call: SequenceCall
  readonly sequence: number | string
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

/** Functions of sequences, by object id (src/include/catalog/pg_proc.dat). */
const sequenceCalls: Readonly<Record<number, SequenceCall>> = {
  1574: 'nextval',
  1575: 'currval',
  1576: 'setval',
  1765: 'setval',
}
/** The cast from text to regclass. */
const lookUp = 1079
const types = { text: 25, varchar: 1043, regclass: 2205 }

export function usesOfTree(...trees: readonly (NodeValue | undefined)[]): TreeUses {
  const functions = new Set<number>()
  const constantCalls: (readonly number[])[] = []
  const sequences: SequenceUse[] = []
  const relations: RelationUse[] = []
  const foldedFunctions = new Set<number>()
  const foldedRelations: number[] = []
  const variables = new Set<number>()
  const types = new Set<number>()
  for (const tree of trees) {
    collectTypes(tree, types)
    walk(tree, (node) => {
      if (isFolded(node)) {
        constantCalls.push(...callsBeforeFolding(node))
        foldedRelations.push(...relationsIn(node))
        for (const oid of functionsIn(node)) foldedFunctions.add(oid)
        return false
      }
      const field = functionFields[node.tag]
      if (field !== undefined) functions.add(numberAt(node, field))
      const call = constantCall(node)
      if (call !== undefined) constantCalls.push(call)
      const sequence = sequenceUse(node)
      if (sequence !== undefined) sequences.push(sequence)
      if (node.tag === 'VAR' && numberAt(node, 'varlevelsup') === 0) variables.add(numberAt(node, 'varattno'))
      const use = permissionOf(node)
      if (use !== undefined) relations.push(use)
      return true
    })
  }
  functions.delete(0)
  return { functions, constantCalls, sequences, relations, foldedFunctions, foldedRelations, variables, types }
}

export function joinUses(uses: readonly TreeUses[]): TreeUses {
  return {
    functions: new Set(uses.flatMap(({ functions }) => [...functions])),
    constantCalls: uses.flatMap(({ constantCalls }) => constantCalls),
    sequences: uses.flatMap(({ sequences }) => sequences),
    relations: uses.flatMap(({ relations }) => relations),
    foldedFunctions: new Set(uses.flatMap((one) => [...one.foldedFunctions])),
    foldedRelations: uses.flatMap((one) => one.foldedRelations),
    variables: new Set(uses.flatMap(({ variables }) => [...variables])),
    types: new Set(uses.flatMap(({ types }) => [...types])),
  }
}

/** Fields that hold the type of a value, or a list of types: `vartype`, `resulttype`, `array_typeid`, `funccoltypes`. */
const typeField = /typ(?:e|es|eid|id)$/i
const isTypeField = new Map<string, boolean>()

function collectTypes(tree: NodeValue | undefined, types: Set<number>): void {
  walk(tree, (node) => {
    for (const [field, value] of node.fields) {
      const holdsType = isTypeField.get(field) ?? typeField.test(field)
      isTypeField.set(field, holdsType)
      if (!holdsType) continue
      for (const item of typeof value === 'string' ? [value] : Array.isArray(value) ? value : []) {
        const oid = Number(item)
        if (oid > 0) types.add(oid)
      }
    }
    return true
  })
}

const plannedTags = new Set(['FUNCEXPR', 'OPEXPR', 'DISTINCTEXPR', 'NULLIFEXPR', 'SCALARARRAYOPEXPR'])
const plainTags = new Set(['RELABELTYPE', 'ARRAY', 'ARRAYEXPR'])

/** Deeper arguments are taken for variable ones. */
const deepest = 50

function constantCall(node: TreeNode): number[] | undefined {
  if (!plannedTags.has(node.tag) || node.fields.get('funcretset') === 'true') return undefined
  const inner = constantParts(node, 0)
  return inner && [numberAt(node, functionFields[node.tag] ?? ''), ...inner]
}

/** The functions that computing a node's arguments calls, if these are constants in the end. */
function constantParts(node: TreeNode, depth: number): number[] | undefined {
  const found: number[] = []
  const parts = ['args', 'arg', 'elements'].flatMap((field) => nodesOf(node.fields.get(field)))
  for (const part of parts) {
    if (part.tag === 'CONST') continue
    const isCall = plannedTags.has(part.tag)
    const inner = depth < deepest && (isCall || plainTags.has(part.tag)) ? constantParts(part, depth + 1) : undefined
    if (inner === undefined) return undefined
    if (isCall) found.push(numberAt(part, functionFields[part.tag] ?? ''))
    found.push(...inner)
  }
  return found
}

function functionsIn(tree: TreeNode): number[] {
  const found: number[] = []
  walk(tree, (node) => {
    const field = functionFields[node.tag]
    if (field !== undefined) found.push(numberAt(node, field))
    return true
  })
  return found
}

function relationsIn(tree: TreeNode): number[] {
  const found: number[] = []
  walk(tree, (node) => {
    const use = permissionOf(node)
    if (use !== undefined) found.push(use.relation)
    return true
  })
  return found
}

/** What planning has called by the time it finds the constant that decides an AND or OR. */
function callsBeforeFolding(node: TreeNode): (readonly number[])[] {
  const calls: (readonly number[])[] = []
  const decisive = node.fields.get('boolop') === 'or'
  const parts = nodesOf(node.fields.get('args'))
  const found = parts.findIndex((part) => foldedValue(part) === decisive)
  for (const part of found < 0 ? parts : parts.slice(0, found + 1)) {
    walk(part, (inner) => {
      const call = constantCall(inner)
      if (call !== undefined) calls.push(call)
      return true
    })
  }
  return calls
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

function sequenceUse(node: TreeNode): SequenceUse | undefined {
  const call = node.tag === 'FUNCEXPR' ? sequenceCalls[numberAt(node, 'funcid')] : undefined
  const [argument] = nodesOf(node.fields.get('args'))
  if (call === undefined || argument === undefined) return undefined
  const isLookedUp = argument.tag === 'FUNCEXPR' && numberAt(argument, 'funcid') === lookUp
  const constant = isLookedUp ? nodesOf(argument.fields.get('args'))[0] : argument
  if (constant?.tag !== 'CONST') return undefined
  const type = numberAt(constant, 'consttype')
  if (type === types.regclass) return { call, sequence: oidOf(constant) }
  return isLookedUp && (type === types.text || type === types.varchar)
    ? { call, sequence: textOf(constant) }
    : undefined
}

/** An object id in a constant's bytes, which come in the server's order: little-endian everywhere PostgreSQL 14+ is built for in practice. */
function oidOf(constant: TreeNode): number {
  return bytesOf(constant)
    .slice(0, 4)
    .reduce((sum, byte, index) => sum + byte * 256 ** index, 0)
}

/** Text in a constant's bytes, after the four of its length. */
function textOf(constant: TreeNode): string {
  return Buffer.from(bytesOf(constant).slice(4)).toString('utf8')
}

function bytesOf(constant: TreeNode): number[] {
  const bytes = constant.fields.get('constvalue')
  return Array.isArray(bytes) ? bytes.map((byte) => Number(byte) & 0xff) : []
}
