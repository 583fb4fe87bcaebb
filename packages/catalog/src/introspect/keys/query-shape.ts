import { isNode, type NodeValue, nodeAt, nodesOf, numberAt, type TreeNode, walk } from '../expressions/node-tree.js'
import {
  hasSetOperations,
  kinds,
  liveTargets,
  meaningOf,
  type Place,
  subqueryAt,
  tableAt,
  whereOf,
} from '../views/view-places.js'
import { readJoins } from './query-joins.js'

/**
 * What of a query decides which of its columns are unique: what it reads, what its conditions equate, and what it groups
 * by. Small, so that it can be kept while whole trees cannot.
 */
export interface QueryShape {
  readonly sources: readonly Source[]
  /** numbers of the sources whose columns a join may fill with nulls */
  readonly filled: ReadonlySet<number>
  readonly equalities: readonly Equality[]
  /** what it groups by; null: it does not group. An expression that is no column is null */
  readonly groups: readonly (Group | null)[] | null
  /** at most one row: aggregates without GROUP BY, LIMIT 1 */
  readonly isOneRow: boolean
  /** by column of the result: the column of a source that it is, or null */
  readonly columns: readonly (Variable | null)[]
  /** positions of the columns that DISTINCT compares */
  readonly distinct: readonly GroupedColumn[]
}

export interface Variable {
  /** number in the range table */
  readonly source: number
  readonly attribute: number
}

/** One entry of FROM. */
export type Source = { readonly number: number } & (
  | { readonly kind: 'relation'; readonly relation: number; readonly isOnly: boolean }
  /** `needs`: the sources that a LATERAL query mentions; it is made anew for each row of these */
  | { readonly kind: 'query'; readonly shape: QueryShape; readonly needs: readonly number[] }
  | { readonly kind: 'one row' }
  | { readonly kind: 'unknown' }
)

/** `left = right`, in WHERE or in the condition of a join. */
export interface Equality {
  readonly operator: number
  readonly collation: number
  /** null: the same for all rows */
  readonly sides: readonly [Side, Side]
  /** sources of the sides of a join that it may fill with nulls: there the condition need not hold; none: it always does */
  readonly filled: readonly ReadonlySet<number>[]
}

export interface Side {
  /** null: a constant */
  readonly variable: Variable | null
  /** compared as it is, not as another type */
  readonly isBare: boolean
  readonly collation: number
}

export interface GroupedColumn {
  /** position in the result */
  readonly position: number
  /** the operator that tells groups apart */
  readonly equality: number
}

export interface Group {
  /** the column of a source, or null for another expression */
  readonly variable: Variable | null
  readonly equality: number
  /** position in the result; null: it is not shown */
  readonly position: number | null
}

/** Deeper queries are taken for ones that say nothing. */
const deepest = 40

/** The shape of a query, or null where nothing of it is unique for sure. */
export function readQueryShape(place: Place, depth = 0): QueryShape | null {
  const { query } = place
  const says = (flag: string) => query.fields.get(flag) === 'true'
  const has = (field: string) => (query.fields.get(field) ?? null) !== null
  if (depth > deepest || hasSetOperations(place) || says('hasTargetSRFs') || has('groupingSets')) return null
  const { numbers, conditions } = readJoins(query)
  const targets = liveTargets(place)
  const positionOf = (reference: number) =>
    targets.findIndex((target) => numberAt(target, 'ressortgroupref') === reference)
  const isGrouped = has('groupClause')
  const isAggregate = says('hasAggs') || has('havingQual')
  return {
    sources: numbers.map((number) => readSource(place, number, depth)),
    filled: new Set(conditions.flatMap((condition) => condition.filled.flatMap((side) => [...side]))),
    equalities: [{ quals: whereOf(place), filled: [] }, ...conditions].flatMap(({ quals, filled }) =>
      conjunctsOf(quals).flatMap((condition) => readEquality(place, condition, filled) ?? []),
    ),
    groups: isGrouped
      ? nodesOf(query.fields.get('groupClause')).map((clause): Group | null => {
          const reference = numberAt(clause, 'tleSortGroupRef')
          const target = nodesOf(query.fields.get('targetList')).find(
            (one) => numberAt(one, 'ressortgroupref') === reference,
          )
          const position = positionOf(reference)
          return {
            variable: variableOf(place, target?.fields.get('expr')),
            equality: numberAt(clause, 'eqop'),
            position: position < 0 ? null : position,
          }
        })
      : null,
    isOneRow: (isAggregate && !isGrouped) || isOne(query.fields.get('limitCount')),
    columns: targets.map((target) => variableOf(place, target.fields.get('expr'))),
    distinct: nodesOf(query.fields.get('distinctClause')).map((clause) => ({
      position: positionOf(numberAt(clause, 'tleSortGroupRef')),
      equality: numberAt(clause, 'eqop'),
    })),
  }
}

/** LIMIT 1: an integer, cast to bigint */
function isOne(limit: NodeValue | undefined): boolean {
  const isCast = isNode(limit) && limit.tag === 'FUNCEXPR' && casts.has(numberAt(limit, 'funcformat'))
  const value = isCast ? nodesOf(limit.fields.get('args'))[0] : limit
  const bytes = isNode(value) && value.tag === 'CONST' ? value.fields.get('constvalue') : undefined
  return Array.isArray(bytes) && bytes[0] === '1' && bytes.slice(1).every((byte) => byte === '0')
}

const functionScan = 3

function readSource(place: Place, number: number, depth: number): Source {
  const table = tableAt(place, number)
  const kind = table === undefined ? -1 : numberAt(table, 'rtekind')
  if (table !== undefined && kind === kinds.relation) {
    return { number, kind: 'relation', relation: numberAt(table, 'relid'), isOnly: table.fields.get('inh') === 'false' }
  }
  if (table !== undefined && kind === functionScan) {
    const calls = nodesOf(table.fields.get('functions')).flatMap((one) => nodeAt(one, 'funcexpr') ?? [])
    const isOneRow = calls.length > 0 && calls.every((call) => call.fields.get('funcretset') !== 'true')
    return { number, kind: isOneRow ? 'one row' : 'unknown' }
  }
  const subquery = table && subqueryAt(place, table)
  const shape = subquery && readQueryShape(subquery, depth + 1)
  if (!subquery || !shape) return { number, kind: 'unknown' }
  const isLateral = table.fields.get('lateral') === 'true'
  return { number, kind: 'query', shape, needs: isLateral ? outerSources(place, subquery) : [] }
}

/** The sources around a LATERAL query that it mentions. */
function outerSources(place: Place, subquery: Place): number[] {
  const found = new Set<number>()
  walk(subquery.query, (node, depth) => {
    if (node.tag !== 'VAR' || numberAt(node, 'varlevelsup') !== depth) return true
    for (const number of sourcesOf(place, node)) found.add(number)
    return true
  })
  return [...found]
}

function sourcesOf(place: Place, variable: TreeNode): number[] {
  const table = tableAt(place, numberAt(variable, 'varno'))
  if (table === undefined || numberAt(table, 'rtekind') !== kinds.join) return [numberAt(variable, 'varno')]
  const found: number[] = []
  walk(meaningOf(place, variable)?.expression, (node) => {
    if (node.tag === 'VAR') found.push(...sourcesOf(place, node))
    return true
  })
  return found
}

/** The column of a source that an expression is, through the names that joins and groups give it. */
function variableOf(place: Place, expression: NodeValue | undefined): Variable | null {
  let value = expression
  for (let step = 0; step < deepest; step += 1) {
    if (!isNode(value) || value.tag !== 'VAR' || numberAt(value, 'varlevelsup') > 0) return null
    const source = numberAt(value, 'varno')
    const table = tableAt(place, source)
    const kind = table === undefined ? -1 : numberAt(table, 'rtekind')
    if (kind !== kinds.join && kind !== kinds.group) return { source, attribute: numberAt(value, 'varattno') }
    value = meaningOf(place, value)?.expression
  }
  return null
}

function conjunctsOf(quals: NodeValue | undefined): TreeNode[] {
  const pending = [...nodesOf(quals)]
  const found: TreeNode[] = []
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const isAnd = next.tag === 'BOOLEXPR' && next.fields.get('boolop') === 'and'
    if (isAnd) pending.push(...nodesOf(next.fields.get('args')))
    else found.push(next)
  }
  return found
}

function readEquality(place: Place, node: TreeNode, filled: Equality['filled']): Equality | undefined {
  if (node.tag !== 'OPEXPR') return undefined
  const [left, right] = nodesOf(node.fields.get('args')).map((side) => readSide(place, side))
  if (!left || !right) return undefined
  return { operator: numberAt(node, 'opno'), collation: numberAt(node, 'inputcollid'), sides: [left, right], filled }
}

/** Functions of PostgreSQL's own have ids below this. */
const firstOwn = 10_000

/** COERCE_EXPLICIT_CAST and COERCE_IMPLICIT_CAST */
const casts = new Set([1, 2])

function readSide(place: Place, side: TreeNode): Side | undefined {
  let value: TreeNode | undefined = side
  let isBare = true
  for (let step = 0; step < deepest && value !== undefined; step += 1) {
    if (value.tag === 'CONST' || value.tag === 'PARAM') return { variable: null, isBare, collation: 0 }
    if (value.tag === 'VAR' && numberAt(value, 'varlevelsup') > 0) return { variable: null, isBare, collation: 0 }
    const variable = variableOf(place, value)
    if (variable !== null) return { variable, isBare, collation: numberAt(value, 'varcollid') }
    const isCast = value.tag === 'FUNCEXPR' && casts.has(numberAt(value, 'funcformat'))
    if (value.tag === 'RELABELTYPE') value = nodeAt(value, 'arg')
    else if (isCast && numberAt(value, 'funcid') < firstOwn) value = nodesOf(value.fields.get('args'))[0]
    else if (value.tag === 'VAR') value = joinedAlias(place, value)
    else return undefined
    isBare = false
  }
  return undefined
}

/** What USING calls a column whose two sides have different types is a cast of one of them. */
function joinedAlias(place: Place, variable: TreeNode): TreeNode | undefined {
  const meaning = meaningOf(place, variable)?.expression
  return isNode(meaning) ? meaning : undefined
}
