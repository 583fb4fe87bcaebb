import { isList, isNode, nodeAt, nodesOf, numberAt, type TreeNode } from '../expressions/node-tree.js'
import type { Deciding, Nullness } from './nullness.js'
import {
  hasSetOperations,
  kinds,
  liveTargets,
  meaningOf,
  type Place,
  placeAbove,
  subqueryAt,
  tableAt,
  whereOf,
} from './view-places.js'

/** VALUES in FROM (RTEKind). */
const values = 5

/** Whether a variable may be null in the rows that its query makes. */
export function nullnessOfVariable(variable: TreeNode, from: Place, deciding: Deciding): Nullness {
  const place = placeAbove(from, numberAt(variable, 'varlevelsup'))
  const table = place && tableAt(place, numberAt(variable, 'varno'))
  if (place === undefined || table === undefined) return true
  const { filled, isNotNull } = rowsOf(place)
  if (Array.isArray(place.query.fields.get('groupingSets'))) return true
  const number = numberAt(variable, 'varno')
  const attribute = numberAt(variable, 'varattno')
  if (isNotNull.has(`${number}.${attribute}`)) return false
  if (filled.has(number)) return true
  const kind = numberAt(table, 'rtekind')
  if (kind === kinds.relation) {
    // the whole row
    if (attribute === 0) return false
    return { relation: numberAt(table, 'relid'), attribute }
  }
  if (kind === values) {
    const rows = table.fields.get('values_lists')
    const column = isList(rows) ? rows.map((row) => (isList(row) ? row[attribute - 1] : null)) : []
    return column.length === 0 || { any: column.map((value) => deciding.of(place, value ?? null, deciding)) }
  }
  const subquery = subqueryAt(place, table)
  if (subquery !== undefined) return attribute === 0 ? false : nullnessOfColumn(subquery, attribute - 1, deciding)
  const meaning = meaningOf(place, variable)
  return meaning === undefined ? true : deciding.of(meaning.place, meaning.expression, deciding)
}

/** Whether a column of a query's result may be null. */
export function nullnessOfColumn(place: Place, position: number, deciding: Deciding): Nullness {
  const { query } = place
  if (deciding.columns.some((one) => one.query === query && one.position === position)) return true
  const within: Deciding = { ...deciding, columns: [...deciding.columns, { query, position }] }
  if (!hasSetOperations(place)) return within.of(place, liveTargets(place)[position]?.fields.get('expr'), within)
  const parts = partsOf(query, place)
  return parts === undefined || { any: parts.map((part) => nullnessOfColumn(part, position, within)) }
}

/** The queries that UNION, INTERSECT and EXCEPT put together. */
function partsOf(query: TreeNode, place: Place): Place[] | undefined {
  const parts: Place[] = []
  const pending = [nodeAt(query, 'setOperations')]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.tag === 'RANGETBLREF') {
      const table = tableAt(place, numberAt(next, 'rtindex'))
      const part = table && subqueryAt(place, table)
      if (part === undefined) return undefined
      parts.push(part)
    } else pending.push(nodeAt(next, 'larg'), nodeAt(next, 'rarg'))
  }
  return parts
}

interface Rows {
  /** range table numbers whose columns an outer join may fill with nulls */
  readonly filled: ReadonlySet<number>
  /** variables that WHERE says are not null: number and attribute */
  readonly isNotNull: ReadonlySet<string>
}

const known = new WeakMap<TreeNode, Rows>()

function rowsOf(place: Place): Rows {
  const found = known.get(place.query) ?? { filled: filledByJoins(place.query), isNotNull: notNullByCondition(place) }
  known.set(place.query, found)
  return found
}

const joins = { left: 1, full: 2, right: 3 }

function filledByJoins(query: TreeNode): Set<number> {
  const filled = new Set<number>()
  const pending = [{ node: nodeAt(query, 'jointree'), isFilled: false }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, isFilled } = next
    if (node?.tag === 'RANGETBLREF' && isFilled) filled.add(numberAt(node, 'rtindex'))
    if (node?.tag === 'FROMEXPR') {
      for (const item of nodesOf(node.fields.get('fromlist'))) pending.push({ node: item, isFilled })
    }
    if (node?.tag === 'JOINEXPR') {
      const type = numberAt(node, 'jointype')
      if (isFilled) filled.add(numberAt(node, 'rtindex'))
      const left = isFilled || type === joins.right || type === joins.full
      const right = isFilled || type === joins.left || type === joins.full
      pending.push({ node: nodeAt(node, 'larg'), isFilled: left }, { node: nodeAt(node, 'rarg'), isFilled: right })
    }
  }
  return filled
}

const isNotNullTest = 1

/** `x IS NOT NULL` in WHERE, alone or under AND. */
function notNullByCondition(place: Place): Set<string> {
  const found = new Set<string>()
  const pending = [...nodesOf(whereOf(place))]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.tag === 'BOOLEXPR' && next.fields.get('boolop') === 'and')
      pending.push(...nodesOf(next.fields.get('args')))
    const tested = next.fields.get('arg')
    const isTest = next.tag === 'NULLTEST' && numberAt(next, 'nulltesttype') === isNotNullTest
    if (isTest && next.fields.get('argisrow') !== 'true' && isNode(tested) && tested.tag === 'VAR') {
      const isOwn = numberAt(tested, 'varlevelsup') === 0
      if (isOwn) found.add(`${numberAt(tested, 'varno')}.${numberAt(tested, 'varattno')}`)
    }
  }
  return found
}
