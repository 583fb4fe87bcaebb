import type { ColumnOfRelation } from '../expressions/column-of-relation.js'
import { readCondition, type TreeCondition } from '../expressions/condition.js'
import { isFolded } from '../expressions/constant.js'
import { isNode, type NodeValue, nodeAt, nodesOf, numberAt, type TreeNode, walk } from '../expressions/node-tree.js'
import {
  joinUses,
  noUses,
  permissionOf,
  type RelationUse,
  type TreeUses,
  usesOfTree,
} from '../expressions/tree-dependencies.js'
import { type QueryShape, readQueryShape } from '../keys/query-shape.js'
import { nullnessOfResult } from './expression-nullness.js'
import type { Nullness } from './nullness.js'
import { partsOfUnionAll } from './union-all.js'
import {
  cteAt,
  hasSetOperations,
  kinds,
  liveTargets,
  type Place,
  reach,
  subqueryAt,
  tableAt,
  variablesOf,
  whereOf,
} from './view-places.js'

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
  /** what queries in FROM compute for those columns only that need it, if the planner does not keep it */
  readonly hidden: readonly KeptPart[]
  /** what decides which columns are unique; null: nothing is */
  readonly shape: QueryShape | null
}

export interface ViewTreePart {
  readonly uses: TreeUses
  readonly inputs: readonly ColumnOfRelation[]
}

export interface KeptPart extends ViewTreePart {
  /** the planner keeps it even where nobody asks for it: sorted or grouped by, or a set-returning function */
  readonly isKept: boolean
}

export interface ViewTreeColumn extends KeptPart {
  /** the column that PostgreSQL traces it to (resorigtbl, resorigcol) */
  readonly origin: ColumnOfRelation | null
  readonly nullable: Nullness
}

/** @param action `pg_rewrite.ev_action` of the rule `_RETURN`: a list of one query */
export function readViewTree(action: NodeValue): ViewTree | undefined {
  const query = nodesOf(action)[0]
  if (query === undefined) return undefined
  const place: Place = { query, outer: undefined }
  const where = whereOf(place)
  const parts = (hasSetOperations(place) ? partsOfUnionAll(query) : undefined)?.map(
    (part): Place => ({ query: part, outer: place }),
  )
  return {
    uses: usesOfTree(query),
    tables: ownEntries(query),
    isSimple: isSimple(query),
    condition: readCondition(where),
    conditionInputs: inputsOf(place, [where]),
    always: joined(parts ? parts.map(readAllButColumns) : [readAlways(place), readBehind(place, [where])]),
    columns: liveTargets(place).map((target, position) => {
      if (parts) return { ...columnOfUnion(parts, position), nullable: nullnessOfResult(place, position) }
      const origin = { relation: numberAt(target, 'resorigtbl'), attribute: numberAt(target, 'resorigcol') }
      return {
        origin: origin.relation > 0 && origin.attribute > 0 ? origin : null,
        nullable: nullnessOfResult(place, position),
        ...readColumn(place, target),
        ...(hasSetOperations(place) && { isKept: true }),
      }
    }),
    hidden: (parts ?? [place]).flatMap(readHidden),
    shape: readQueryShape(place),
  }
}

function readColumn(place: Place, target: TreeNode | undefined): KeptPart {
  const expression = target?.fields.get('expr')
  return {
    uses: usesOfTree(...reach(place, [expression]).map((reached) => reached.expression)),
    inputs: inputsOf(place, [expression]),
    isKept: (target !== undefined && numberAt(target, 'ressortgroupref') > 0) || returnsSet(expression),
  }
}

/** Two columns in one: the same column of each part. */
function columnOfUnion(parts: readonly Place[], position: number): Omit<ViewTreeColumn, 'nullable'> {
  const columns = parts.map((part) => {
    const column = readColumn(part, liveTargets(part)[position])
    return { ...column, isKept: column.isKept || (isBare(part.query) && column.uses.relations.length > 0) }
  })
  return { ...joined(columns), origin: null, isKept: columns.some(({ isKept }) => isKept) }
}

/** A part that is nothing but a relation's columns becomes one with the whole, and its sub-selects are planned with it. */
function isBare(query: TreeNode): boolean {
  const from = nodeAt(query, 'jointree')
  return from !== undefined && !isNode(from.fields.get('quals')) && nodesOf(from.fields.get('fromlist')).length === 1
}

/** The relations of a part are read by grants on their columns; what computing its own columns needs is left out. */
function readAllButColumns(part: Place): ViewTreePart {
  // what columns call with constants is called while planning, whether they are asked for or not
  const { constantCalls } = usesOfTree(liveTargets(part))
  return joined([readRows(part), { uses: { ...noUses, constantCalls }, inputs: [] }])
}

/** What finding the rows of a query needs. */
function readRows(place: Place): ViewTreePart {
  const where = whereOf(place)
  const relations = { ...noUses, relations: ownEntries(place.query) }
  return joined([
    readAlways(place),
    { uses: joinUses([usesOfTree(where), relations]), inputs: inputsOf(place, [where]) },
    readBehind(place, [where]),
  ])
}

/** What expressions need of the queries in FROM that their variables are of. */
function readBehind(place: Place, expressions: readonly (NodeValue | undefined)[]): ViewTreePart {
  const behind = reach(place, expressions).filter(({ expression }) => !expressions.includes(expression))
  return { uses: usesOfTree(...behind.map(({ expression }) => expression)), inputs: [] }
}

function joined(parts: readonly ViewTreePart[]): ViewTreePart {
  const inputs = new Map(
    parts.flatMap((part) => part.inputs.map((input) => [`${input.relation}.${input.attribute}`, input])),
  )
  return { uses: joinUses(parts.map(({ uses }) => uses)), inputs: [...inputs.values()] }
}

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
function readAlways(place: Place): ViewTreePart {
  const { query } = place
  const omitted = new Set(['targetList', 'rtable', 'rteperminfos', 'jointree', 'cteList'])
  const others = [...query.fields].flatMap(([field, value]) => (omitted.has(field) ? [] : [value]))
  const entries = nodesOf(query.fields.get('rtable'))
  const pruned = new Map(entries.flatMap((table) => prunedAt(place, table) ?? []))
  const ctes = nodesOf(query.fields.get('cteList')).filter((cte) => !pruned.has(cte))
  const live = liveTargets(place)
  const junk = nodesOf(query.fields.get('targetList')).filter((target) => !live.includes(target))
  const tables = entries.flatMap((table) => {
    if (pruned.has(table)) return []
    const isRelation = numberAt(table, 'rtekind') === kinds.relation || numberAt(table, 'rtekind') === kinds.join
    return isRelation ? [table.fields.get('tablesample')] : [...table.fields.values()]
  })
  const whole = [...others, nodeAt(query, 'jointree')?.fields.get('fromlist'), ...ctes, ...junk, ...tables]
  return joined([
    { uses: usesOfTree(...whole), inputs: inputsOf(place, whole) },
    readBehind(place, whole),
    ...[...pruned.values()].map(readRows),
  ])
}

/** CTEMaterialize */
const materialize = { always: 1, never: 2 }

/**
 * A query in FROM of which the planner computes only the columns that are needed (remove_unused_subquery_outputs), by its
 * range table entry or CTE. A CTE must be one that the planner puts in the place of its name (SS_process_ctes).
 */
function prunedAt(place: Place, table: TreeNode): [TreeNode, Place][] | undefined {
  const found = cteAt(place, table)
  const subquery = subqueryAt(place, table)
  if (subquery === undefined || hasSetOperations(subquery)) return undefined
  if ((subquery.query.fields.get('distinctClause') ?? null) !== null) return undefined
  if (found === undefined) return [[table, subquery]]
  const { cte, place: holder } = found
  const how = numberAt(cte, 'ctematerialized')
  const isOnce = how === materialize.never || (how !== materialize.always && numberAt(cte, 'cterefcount') === 1)
  if (holder !== place || !isOnce || cte.fields.get('cterecursive') === 'true') return undefined
  return [[cte, subquery]]
}

/** The columns of queries in FROM; of a CTE all that it needs, because one that is volatile is computed as a whole. */
function readHidden(place: Place): KeptPart[] {
  const pruned = new Map(nodesOf(place.query.fields.get('rtable')).flatMap((table) => prunedAt(place, table) ?? []))
  return [...pruned].flatMap(([entry, subquery]): KeptPart[] => {
    const inner = readHidden(subquery)
    const columns = liveTargets(subquery).map((target) => readColumn(subquery, target))
    const isCte = entry.fields.has('ctequery')
    const whole = { uses: usesOfTree(subquery.query), inputs: inputsOf(subquery, [subquery.query]), isKept: false }
    return [...inner, ...columns, ...(isCte ? [whole] : [])]
  })
}

function returnsSet(expression: NodeValue | undefined): boolean {
  let found = false
  walk(expression, (node) => {
    if (node.fields.get('funcretset') === 'true' || node.fields.get('opretset') === 'true') found = true
    return !found
  })
  return found
}

/** The columns of relations that an expression's value depends on. */
function inputsOf(top: Place, expressions: readonly (NodeValue | undefined)[]): ColumnOfRelation[] {
  const found = new Map<string, ColumnOfRelation>()
  const add = (relation: number, attribute: number) => found.set(`${relation}.${attribute}`, { relation, attribute })
  for (const reached of reach(top, expressions)) {
    walk(reached.expression, (node) => {
      if (isFolded(node)) return false
      const use = permissionOf(node)
      for (const attribute of use?.select ?? []) if (use) add(use.relation, attribute)
      return true
    })
    for (const { place, variable } of variablesOf(reached)) {
      const table = tableAt(place, numberAt(variable, 'varno'))
      if (table !== undefined && numberAt(table, 'rtekind') === kinds.relation) {
        add(numberAt(table, 'relid'), numberAt(variable, 'varattno'))
      }
    }
  }
  return [...found.values()]
}
