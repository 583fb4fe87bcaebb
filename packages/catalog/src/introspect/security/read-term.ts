import type { Term, Volatility } from '../../model/term.js'
import { qualifiedName } from '../../postgres/names.js'
import { isList, isNode, type NodeValue, nodeAt, nodesOf, numberAt, type TreeNode } from '../expressions/node-tree.js'
import type { Names } from '../names.js'
import { readConstant } from './read-constant.js'

/** Names of what the trees name by object id. */
export interface TermNames {
  readonly names: Names
  readonly functions: ReadonlyMap<number, NamedFunction>
  readonly operators: ReadonlyMap<number, string>
}

export interface NamedFunction {
  readonly schema: string
  readonly name: string
  readonly volatility: Volatility
  readonly strict: boolean
}

/** Deeper terms are left out. */
const deepest = 150

/** The fields that name functions; operators have both. */
const functionFields = ['funcid', 'opfuncid', 'aggfnoid', 'winfnoid'] as const

/** Object ids of the functions and operators in a tree. */
export function idsIn(tree: NodeValue, ids: { functions: Set<number>; operators: Set<number> }): void {
  const pending: NodeValue[] = [tree]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isList(next)) pending.push(...next)
    if (!isNode(next)) continue
    for (const field of functionFields) {
      const oid = numberAt(next, field)
      if (oid > 0) ids.functions.add(oid)
    }
    if (numberAt(next, 'opno') > 0) ids.operators.add(numberAt(next, 'opno'))
    pending.push(...next.fields.values())
  }
}

/** @param relation the table whose own expression it is */
export function readTerm(tree: NodeValue, relation: number, names: TermNames): Term {
  return new TermReader(relation, names).read(tree)
}

/** Nodes that pass their argument on as another type. */
const passing: ReadonlySet<string> = new Set(['RELABELTYPE', 'COERCETODOMAIN'])

/** SQLValueFunctionOp (src/include/nodes/primnodes.h). */
const environments = [
  'current_date',
  'current_time',
  'current_time',
  'current_timestamp',
  'current_timestamp',
  'localtime',
  'localtime',
  'localtimestamp',
  'localtimestamp',
  'current_role',
  'current_user',
  'user',
  'session_user',
  'current_catalog',
  'current_schema',
]

/** SubLinkType. */
const forms = ['exists', 'all', 'any', 'any', 'value', 'value', 'array'] as const

const others: Readonly<Record<string, string>> = {
  COERCEVIAIO: 'cast',
  ARRAYCOERCEEXPR: 'cast',
  COALESCE: 'coalesce',
  COALESCEEXPR: 'coalesce',
  NULLIFEXPR: 'nullif',
  CASE: 'case',
  CASEEXPR: 'case',
  ARRAY: 'array',
  ARRAYEXPR: 'array',
}

class TermReader {
  /** range tables of the queries around, the innermost last */
  readonly #queries: (readonly TreeNode[])[] = []
  #depth = 0

  constructor(
    readonly relation: number,
    readonly names: TermNames,
  ) {}

  read(tree: NodeValue | undefined): Term {
    if (isList(tree)) return { kind: 'other', name: 'list', parts: nodesOf(tree).map((item) => this.read(item)) }
    if (!isNode(tree) || this.#depth > deepest) return { kind: 'other', name: 'deep', parts: [] }
    this.#depth += 1
    const term = this.#readNode(tree)
    this.#depth -= 1
    return term
  }

  #readNode(node: TreeNode): Term {
    const parts = () => nodesOf(node.fields.get('args')).map((item) => this.read(item))
    if (passing.has(node.tag)) return this.read(node.fields.get('arg'))
    switch (node.tag) {
      case 'VAR':
        return this.#column(node)
      case 'CONST':
        return readConstant(node, this.names.names)
      case 'BOOLEXPR': {
        const name = String(node.fields.get('boolop'))
        return { kind: 'operator', name, over: 'values', volatility: 'immutable', parts: parts() }
      }
      case 'FUNCEXPR':
      case 'AGGREF':
      case 'WINDOWFUNC':
        return this.#call(node, parts())
      case 'OPEXPR':
      case 'DISTINCTEXPR':
      case 'SCALARARRAYOPEXPR':
        return this.#operator(node, parts())
      case 'SQLVALUEFUNCTION':
        return { kind: 'environment', name: environments[numberAt(node, 'op')] ?? 'current_user' }
      case 'SUBLINK':
        return this.#query(
          nodeAt(node, 'subselect'),
          forms[numberAt(node, 'subLinkType')] ?? 'value',
          node.fields.get('testexpr'),
        )
      case 'NULLTEST':
        return {
          kind: 'other',
          name: numberAt(node, 'nulltesttype') === 0 ? 'is null' : 'is not null',
          parts: [this.read(node.fields.get('arg'))],
        }
      default:
        return { kind: 'other', name: others[node.tag] ?? node.tag.toLowerCase(), parts: this.#inside(node) }
    }
  }

  #inside(node: TreeNode): Term[] {
    return [...node.fields.values()].flatMap((value) =>
      isNode(value) ? [this.read(value)] : isList(value) ? nodesOf(value).map((item) => this.read(item)) : [],
    )
  }

  #column(node: TreeNode): Term {
    const up = numberAt(node, 'varlevelsup')
    const attribute = numberAt(node, 'varattno')
    const { names } = this.names
    if (up >= this.#queries.length) {
      return { kind: 'column', of: null, column: names.column(this.relation, attribute) ?? null }
    }
    const entry = this.#queries.at(-1 - up)?.[numberAt(node, 'varno') - 1]
    const relation = entry === undefined ? 0 : numberAt(entry, 'relid')
    const of = names.relation(relation)
    if (of === undefined) return { kind: 'other', name: 'column', parts: [] }
    return { kind: 'column', of, column: names.column(relation, attribute) ?? null }
  }

  #call(node: TreeNode, parts: Term[]): Term {
    const oid = numberAt(node, 'funcid') || numberAt(node, 'aggfnoid') || numberAt(node, 'winfnoid')
    const known = this.names.functions.get(oid)
    const signature = known?.schema === 'pg_catalog' ? undefined : this.names.names.routine(oid)
    return {
      kind: 'call',
      function: signature ?? qualifiedName(known?.schema ?? 'pg_catalog', known?.name ?? String(oid)),
      volatility: known?.volatility ?? 'volatile',
      parts,
      // Aggregates and window functions are called once for many rows.
      ...(node.tag === 'FUNCEXPR' && known?.strict && { strict: true }),
    }
  }

  #operator(node: TreeNode, parts: Term[]): Term {
    const isArray = node.tag === 'SCALARARRAYOPEXPR'
    const known = this.names.functions.get(numberAt(node, 'opfuncid'))
    return {
      kind: 'operator',
      name:
        node.tag === 'DISTINCTEXPR'
          ? 'is distinct from'
          : (this.names.operators.get(numberAt(node, 'opno')) ?? String(numberAt(node, 'opno'))),
      over: !isArray ? 'values' : node.fields.get('useOr') === 'true' ? 'any' : 'all',
      volatility: known?.volatility ?? 'immutable',
      parts,
      ...(known?.strict && node.tag !== 'DISTINCTEXPR' && { strict: true }),
      ...(known?.schema === 'pg_catalog' && { builtIn: true }),
    }
  }

  #query(query: TreeNode | undefined, form: (typeof forms)[number] | 'from', test?: NodeValue): Term {
    if (query === undefined) return { kind: 'other', name: 'query', parts: [] }
    const compared = isNode(test) || isList(test) ? this.read(test) : null
    const table = nodesOf(query.fields.get('rtable'))
    this.#queries.push(table)
    const { names } = this.names
    const conditions = [...conditionsOf(query.fields.get('jointree')), ...nodesOf(query.fields.get('havingQual'))]
    const [first, ...more] = conditions.map((condition) => this.read(condition))
    const results = nodesOf(query.fields.get('targetList'))
      .filter((target) => target.fields.get('resjunk') !== 'true')
      .map((target) => this.read(target.fields.get('expr')))
    const inFrom = table.flatMap((entry) => [
      ...nodesOf(entry.fields.get('subquery')).map((inner) => this.#query(inner, 'from')),
      ...nodesOf(entry.fields.get('functions')).map((inner) => this.read(inner.fields.get('funcexpr'))),
    ])
    const common = nodesOf(query.fields.get('cteList')).map((each) => this.#query(nodeAt(each, 'ctequery'), 'from'))
    this.#queries.pop()
    return {
      kind: 'query',
      form,
      test: compared,
      relations: [
        ...new Set(
          table.flatMap((entry) =>
            numberAt(entry, 'rtekind') === 0 ? (names.relation(numberAt(entry, 'relid')) ?? []) : [],
          ),
        ),
      ],
      condition:
        first === undefined
          ? null
          : more.length === 0
            ? first
            : { kind: 'operator', name: 'and', over: 'values', volatility: 'immutable', parts: [first, ...more] },
      parts: [...results, ...inFrom, ...common],
      ...(isPlain(query) && { plain: true }),
    }
  }
}

/** Whether its conditions alone decide which rows there are. */
function isPlain(query: TreeNode): boolean {
  const isSet = (field: string) => query.fields.get(field) === 'true'
  const isThere = (field: string) => isNode(query.fields.get(field)) || nodesOf(query.fields.get(field)).length > 0
  if (isSet('hasAggs') || isSet('hasTargetSRFs')) return false
  if (['setOperations', 'limitCount', 'limitOffset', 'groupingSets', 'havingQual'].some(isThere)) return false
  return !hasOuterJoin(query.fields.get('jointree') ?? null)
}

function hasOuterJoin(from: NodeValue): boolean {
  if (isList(from)) return nodesOf(from).some(hasOuterJoin)
  if (!isNode(from)) return false
  if (numberAt(from, 'jointype') !== 0) return true
  return ['fromlist', 'larg', 'rarg'].some((field) => hasOuterJoin(from.fields.get(field) ?? null))
}

/** WHERE and the conditions of joins. */
function conditionsOf(from: NodeValue | undefined): TreeNode[] {
  const found: TreeNode[] = []
  const pending: (NodeValue | undefined)[] = [from]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (isList(next)) pending.push(...next)
    if (!isNode(next)) continue
    found.push(...nodesOf(next.fields.get('quals')))
    pending.push(next.fields.get('fromlist') ?? null, next.fields.get('larg') ?? null, next.fields.get('rarg') ?? null)
  }
  return found
}
