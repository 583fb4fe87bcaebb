import { readCondition, type TreeCondition } from './condition.js'
import { isFolded } from './constant.js'
import { isList, isNode, type NodeValue, nodeAt, nodesOf, numberAt, type TreeNode, walk } from './node-tree.js'
import { joinUses, noUses, permissionOf, type RelationUse, type TreeUses, usesOfTree } from './tree-uses.js'
import { partsOfUnionAll } from './union-all.js'

export interface ColumnOfRelation {
  readonly relation: number
  readonly attribute: number
}

/** What a view's query says, by object id. */
export interface ViewTree {
  /** all of it */
  readonly uses: TreeUses
  /** range table entries of the query itself, outside of sub-selects */
  readonly tables: readonly RelationUse[]
  /** the planner can merge it into the query that reads it (is_simple_subquery) */
  readonly isSimple: boolean
  /** its WHERE, outside of joins */
  readonly condition: TreeCondition
  readonly conditionInputs: readonly ColumnOfRelation[]
  /** what every query of the view evaluates besides, whichever columns it asks for */
  readonly always: ViewTreePart
  readonly columns: readonly ViewTreeColumn[]
}

export interface ViewTreePart {
  readonly uses: TreeUses
  readonly inputs: readonly ColumnOfRelation[]
}

export interface ViewTreeColumn extends ViewTreePart {
  /** the column that PostgreSQL traces it to (resorigtbl, resorigcol) */
  readonly origin: ColumnOfRelation | null
  /** whether it may be null; or the column that decides */
  readonly nullable: boolean | ColumnOfRelation
  /** the planner keeps it even where nobody asks for it: sorted or grouped by, or a set-returning function */
  readonly isKept: boolean
}

const kinds = { relation: 0, subquery: 1, join: 2, cte: 6, group: 9 }

/** @param action `pg_rewrite.ev_action` of the rule `_RETURN`: a list of one query */
export function readViewTree(action: NodeValue): ViewTree | undefined {
  const query = nodesOf(action)[0]
  if (query === undefined) return undefined
  const live = liveTargets(query)
  const hasSetOperations = isNode(query.fields.get('setOperations'))
  const nullableTables = tablesUnderOuterJoins(query)
  const where = nodeAt(query, 'jointree')?.fields.get('quals')
  const parts = hasSetOperations ? partsOfUnionAll(query) : undefined
  return {
    uses: usesOfTree(query),
    tables: ownEntries(query),
    isSimple: isSimple(query),
    condition: readCondition(where),
    conditionInputs: inputsOf(query, [where]),
    always: parts ? joined(parts.map(readAllButColumns)) : readAlways(query, live),
    columns: live.map((target, position) => {
      if (parts) return columnOfUnion(parts, position)
      const expression = target.fields.get('expr')
      const origin = { relation: numberAt(target, 'resorigtbl'), attribute: numberAt(target, 'resorigcol') }
      return {
        origin: origin.relation > 0 && origin.attribute > 0 ? origin : null,
        nullable: hasSetOperations || nullableOf(query, nullableTables, expression),
        uses: usesOfTree(expression),
        inputs: inputsOf(query, [expression]),
        isKept: hasSetOperations || numberAt(target, 'ressortgroupref') > 0 || returnsSet(expression),
      }
    }),
  }
}

/** Two columns in one: the same column of each part. */
function columnOfUnion(parts: readonly TreeNode[], position: number): ViewTreeColumn {
  const columns = parts.map((part) => {
    const target = liveTargets(part)[position]
    const expression = target?.fields.get('expr')
    const isKept = (target !== undefined && numberAt(target, 'ressortgroupref') > 0) || returnsSet(expression)
    const uses = usesOfTree(expression)
    return { uses, inputs: inputsOf(part, [expression]), isKept: isKept || (isBare(part) && uses.relations.length > 0) }
  })
  return { ...joined(columns), origin: null, nullable: true, isKept: columns.some(({ isKept }) => isKept) }
}

/** A part that is nothing but a relation's columns becomes one with the whole, and its sub-selects are planned with it. */
function isBare(query: TreeNode): boolean {
  const from = nodeAt(query, 'jointree')
  return from !== undefined && !isNode(from.fields.get('quals')) && nodesOf(from.fields.get('fromlist')).length === 1
}

/** The relations of a part are read by grants on their columns; what computing its own columns needs is left out. */
function readAllButColumns(query: TreeNode): ViewTreePart {
  const live = liveTargets(query)
  const always = readAlways(query, live)
  const where = nodeAt(query, 'jointree')?.fields.get('quals')
  const tables = ['rtable', 'rteperminfos'].map((field) => query.fields.get(field))
  // what columns call with constants is called while planning, whether they are asked for or not
  const { constantCalls } = usesOfTree(live)
  return {
    uses: joinUses([always.uses, usesOfTree(where, ...tables), { ...noUses, constantCalls }]),
    inputs: [...always.inputs, ...inputsOf(query, [where])],
  }
}

function joined(parts: readonly ViewTreePart[]): ViewTreePart {
  const inputs = new Map(
    parts.flatMap((part) => part.inputs.map((input) => [`${input.relation}.${input.attribute}`, input])),
  )
  return { uses: joinUses(parts.map(({ uses }) => uses)), inputs: [...inputs.values()] }
}

const liveTargets = (query: TreeNode) =>
  nodesOf(query.fields.get('targetList')).filter((target) => target.fields.get('resjunk') !== 'true')

function isSimple(query: TreeNode): boolean {
  const parts = ['setOperations', 'groupClause', 'groupingSets', 'havingQual', 'sortClause', 'distinctClause']
  const others = ['limitOffset', 'limitCount', 'rowMarks', 'cteList']
  const flags = ['hasAggs', 'hasWindowFuncs', 'hasTargetSRFs']
  const has = (field: string) => (query.fields.get(field) ?? null) !== null
  return ![...parts, ...others].some(has) && !flags.some((field) => query.fields.get(field) === 'true')
}

function ownEntries(query: TreeNode): RelationUse[] {
  const entries = [...nodesOf(query.fields.get('rtable')), ...nodesOf(query.fields.get('rteperminfos'))]
  return entries.flatMap((entry) => permissionOf(entry) ?? [])
}

/** Everything but the columns, WHERE and the query's own relations: joins, groups, order, and what FROM computes. */
function readAlways(query: TreeNode, live: readonly TreeNode[]): ViewTreePart {
  const omitted = new Set(['targetList', 'rtable', 'rteperminfos', 'jointree'])
  const others = [...query.fields].flatMap(([field, value]) => (omitted.has(field) ? [] : [value]))
  const rest = [...others, nodeAt(query, 'jointree')?.fields.get('fromlist')]
  const junk = nodesOf(query.fields.get('targetList')).filter((target) => !live.includes(target))
  const tables = nodesOf(query.fields.get('rtable')).flatMap((table) =>
    numberAt(table, 'rtekind') === kinds.relation || numberAt(table, 'rtekind') === kinds.join
      ? [table.fields.get('tablesample')]
      : [...table.fields.values()],
  )
  return { uses: usesOfTree(...rest, junk, ...tables), inputs: inputsOf(query, [...rest, junk, ...tables]) }
}

function returnsSet(expression: NodeValue | undefined): boolean {
  let found = false
  walk(expression, (node) => {
    if (node.fields.get('funcretset') === 'true' || node.fields.get('opretset') === 'true') found = true
    return !found
  })
  return found
}

function tableAt(query: TreeNode, number: number): TreeNode | undefined {
  return nodesOf(query.fields.get('rtable'))[number - 1]
}

function subqueryOf(query: TreeNode, table: TreeNode): TreeNode | undefined {
  if (numberAt(table, 'rtekind') === kinds.subquery) return nodeAt(table, 'subquery')
  if (numberAt(table, 'rtekind') !== kinds.cte || numberAt(table, 'ctelevelsup') > 0) return undefined
  const named = nodesOf(query.fields.get('cteList')).find(
    (cte) => cte.fields.get('ctename') === table.fields.get('ctename'),
  )
  return named && nodeAt(named, 'ctequery')
}

/** The expression that a variable stands for, where it is of a join, a grouping or a sub-query. */
function meaningOf(query: TreeNode, variable: TreeNode): { query: TreeNode; expression: NodeValue } | undefined {
  const table = tableAt(query, numberAt(variable, 'varno'))
  if (table === undefined) return undefined
  const attribute = numberAt(variable, 'varattno')
  const kind = numberAt(table, 'rtekind')
  const aliases = table.fields.get(kind === kinds.join ? 'joinaliasvars' : kind === kinds.group ? 'groupexprs' : '')
  if (Array.isArray(aliases)) return { query, expression: aliases[attribute - 1] ?? null }
  const subquery = subqueryOf(query, table)
  const target = subquery && nodesOf(subquery.fields.get('targetList'))[attribute - 1]
  return subquery && target && { query: subquery, expression: target.fields.get('expr') ?? null }
}

/** The columns of relations that an expression's value depends on. */
function inputsOf(top: TreeNode, expressions: readonly (NodeValue | undefined)[]): ColumnOfRelation[] {
  const pending = expressions.map((expression) => ({ query: top, expression: expression ?? null }))
  const seen = new Set<NodeValue>()
  const found = new Map<string, ColumnOfRelation>()
  const add = (relation: number, attribute: number) => found.set(`${relation}.${attribute}`, { relation, attribute })
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { query, expression } = next
    if (!isNode(expression) && !isList(expression)) continue
    if (seen.has(expression)) continue
    seen.add(expression)
    walk(expression, (node, depth) => {
      if (isFolded(node)) return false
      const use = permissionOf(node)
      for (const attribute of use?.select ?? []) if (use) add(use.relation, attribute)
      if (node.tag !== 'VAR' || numberAt(node, 'varlevelsup') !== depth) return true
      const table = tableAt(query, numberAt(node, 'varno'))
      if (table !== undefined && numberAt(table, 'rtekind') === kinds.relation) {
        add(numberAt(table, 'relid'), numberAt(node, 'varattno'))
      }
      const meaning = meaningOf(query, node)
      if (meaning !== undefined) pending.push(meaning)
      return true
    })
  }
  return [...found.values()]
}

const joins = { left: 1, full: 2, right: 3 }

/** Range table numbers whose rows an outer join may fill with nulls. */
function tablesUnderOuterJoins(query: TreeNode): Set<number> {
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

function nullableOf(
  top: TreeNode,
  topTables: ReadonlySet<number>,
  expression: NodeValue | undefined,
): boolean | ColumnOfRelation {
  let query = top
  let nullableTables = topTables
  let value = expression
  for (;;) {
    if (!isNode(value)) return true
    if (value.tag === 'CONST') return value.fields.get('constisnull') === 'true'
    if (value.tag === 'AGGREF') return !counts.has(numberAt(value, 'aggfnoid'))
    if (value.tag === 'WINDOWFUNC') return !counts.has(numberAt(value, 'winfnoid'))
    if (value.tag === 'RELABELTYPE') {
      value = value.fields.get('arg')
      continue
    }
    if (value.tag !== 'VAR' || numberAt(value, 'varlevelsup') > 0) return true
    const number = numberAt(value, 'varno')
    if (nullableTables.has(number) || Array.isArray(query.fields.get('groupingSets'))) return true
    const table = tableAt(query, number)
    if (table !== undefined && numberAt(table, 'rtekind') === kinds.relation) {
      return { relation: numberAt(table, 'relid'), attribute: numberAt(value, 'varattno') }
    }
    const meaning = meaningOf(query, value)
    if (meaning === undefined || isNode(meaning.query.fields.get('setOperations'))) return true
    if (meaning.query !== query) nullableTables = tablesUnderOuterJoins(meaning.query)
    query = meaning.query
    value = meaning.expression
  }
}
