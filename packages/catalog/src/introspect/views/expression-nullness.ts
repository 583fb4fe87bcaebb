import { isNode, type NodeValue, nodeAt, nodesOf, numberAt, type TreeNode } from '../expressions/node-tree.js'
import type { Deciding, Nullness } from './nullness.js'
import { nullnessOfColumn, nullnessOfVariable } from './variable-nullness.js'
import { type Place, whereOf } from './view-places.js'

/** Deeper expressions are taken for ones that may be null. */
const deepest = 60

/** Whether a column of a query's result may be null, as far as the query tells. */
export function nullnessOfResult(place: Place, position: number): Nullness {
  return nullnessOfColumn(place, position, { of: nullnessOf, depth: 0, columns: [] })
}

function nullnessOf(place: Place, expression: NodeValue | undefined, deciding: Deciding): Nullness {
  if (!isNode(expression) || deciding.depth > deepest) return true
  const rule = rules[expression.tag]
  return rule === undefined ? true : rule(expression, place, { ...deciding, depth: deciding.depth + 1 })
}

type Rule = (node: TreeNode, place: Place, deciding: Deciding) => Nullness

const never: Rule = () => false

/** As its argument: casts that keep the value, and those by way of text. */
const asArgument: Rule = (node, place, deciding) => nullnessOf(place, node.fields.get('arg'), deciding)

const argumentsOf: (...args: Parameters<Rule>) => Nullness[] = (node, place, deciding) =>
  nodesOf(node.fields.get('args')).map((argument) => nullnessOf(place, argument, deciding))

const byFunction: Rule = (node, place, deciding) => ({
  call: numberAt(node, node.tag === 'FUNCEXPR' ? 'funcid' : 'opfuncid'),
  arguments: argumentsOf(node, place, deciding),
})

const anyArgument: Rule = (...args) => ({ any: argumentsOf(...args) })
const allArguments: Rule = (...args) => ({ all: argumentsOf(...args) })

/** Trees of PostgreSQL 14 to 18; of two names of a node the first is the older. */
const rules: Readonly<Record<string, Rule>> = {
  CONST: (node) => node.fields.get('constisnull') === 'true',
  VAR: nullnessOfVariable,
  RELABELTYPE: asArgument,
  COLLATEEXPR: asArgument,
  COLLATE: asArgument,
  COERCETODOMAIN: asArgument,
  COERCEVIAIO: asArgument,
  ARRAYCOERCEEXPR: asArgument,
  CONVERTROWTYPEEXPR: asArgument,
  FUNCEXPR: byFunction,
  OPEXPR: byFunction,
  SCALARARRAYOPEXPR: ofList,
  BOOLEXPR: anyArgument,
  BOOL: anyArgument,
  COALESCE: allArguments,
  COALESCEEXPR: allArguments,
  MINMAX: allArguments,
  MINMAXEXPR: allArguments,
  CASE: ofCase,
  CASEEXPR: ofCase,
  NULLTEST: never,
  BOOLEANTEST: never,
  DISTINCTEXPR: never,
  ARRAY: never,
  ARRAYEXPR: never,
  ROW: never,
  ROWEXPR: never,
  GROUPINGFUNC: never,
  SQLVALUEFUNCTION: (node) => numberAt(node, 'op') === currentSchema,
  SUBLINK: ofSublink,
  AGGREF: ofAggregate,
  WINDOWFUNC: (node) => !counting.has(numberAt(node, 'winfnoid')),
}

/** The last of SQLValueFunctionOp: there may be none. */
const currentSchema = 14

/** count, regr_count, row_number, rank, dense_rank, percent_rank, cume_dist, by object id (pg_proc.dat). */
const counting = new Set([2803, 2147, 2818, 3100, 3101, 3102, 3103, 3104])

function ofAggregate(node: TreeNode, place: Place, deciding: Deciding): Nullness {
  const aggregate = numberAt(node, 'aggfnoid')
  if (counting.has(aggregate)) return false
  const groups = place.query.fields.get('groupClause') ?? null
  const isPlain = numberAt(node, 'agglevelsup') === 0 && !isNode(node.fields.get('aggfilter'))
  if (groups === null || !isPlain || Array.isArray(place.query.fields.get('groupingSets'))) return true
  const inputs = nodesOf(node.fields.get('args')).filter((target) => target.fields.get('resjunk') !== 'true')
  return { aggregate, arguments: inputs.map((target) => nullnessOf(place, target.fields.get('expr'), deciding)) }
}

/** `x = ANY (array)`: null where x is, or where a null among the elements leaves it open. */
function ofList(node: TreeNode, place: Place, deciding: Deciding): Nullness {
  const [value, list] = nodesOf(node.fields.get('args'))
  if (list === undefined) return true
  const elements = list.fields.get('elements')
  const isWhole = list.tag === 'CONST' && isArrayWithoutNulls(list)
  if (!isWhole && (elements === undefined || list.fields.get('multidims') === 'true')) return true
  const parts = isWhole ? [] : nodesOf(elements).map((element) => nullnessOf(place, element, deciding))
  return { call: numberAt(node, 'opfuncid'), arguments: [nullnessOf(place, value, deciding), ...parts] }
}

/** A constant's bytes: length, dimensions, then the offset of the data, which is 0 where there is no bitmap of nulls. */
function isArrayWithoutNulls(constant: TreeNode): boolean {
  const bytes = constant.fields.get('constvalue')
  if (constant.fields.get('constisnull') === 'true' || !Array.isArray(bytes)) return false
  const offset = bytes.slice(8, 12)
  return offset.length === 4 && offset.every((byte) => byte === '0')
}

function ofCase(node: TreeNode, place: Place, deciding: Deciding): Nullness {
  const results = nodesOf(node.fields.get('args')).map((branch) => branch.fields.get('result'))
  return { any: [...results, node.fields.get('defresult')].map((result) => nullnessOf(place, result, deciding)) }
}

/** SubLinkType */
const sublinks = { exists: 0, expression: 4, array: 6 }

function ofSublink(node: TreeNode, place: Place, deciding: Deciding): Nullness {
  const kind = numberAt(node, 'subLinkType')
  if (kind === sublinks.exists || kind === sublinks.array) return false
  const query = nodeAt(node, 'subselect')
  if (kind !== sublinks.expression || query === undefined) return true
  const inner: Place = { query, outer: place }
  return hasOneRow(inner) ? nullnessOfColumn(inner, 0, deciding) : true
}

/** Whether a query always has a row: it aggregates without groups, or has neither FROM nor WHERE. */
function hasOneRow(place: Place): boolean {
  const { query } = place
  const has = (field: string) => (query.fields.get(field) ?? null) !== null
  if (['groupClause', 'groupingSets', 'havingQual', 'limitCount', 'limitOffset', 'setOperations'].some(has))
    return false
  if (query.fields.get('hasTargetSRFs') === 'true') return false
  const from = nodesOf(nodeAt(query, 'jointree')?.fields.get('fromlist'))
  return query.fields.get('hasAggs') === 'true' || (from.length === 0 && !isNode(whereOf(place)))
}
