import { isFolded } from '../expressions/constant.js'
import {
  isList,
  isNode,
  type NodeValue,
  nodeAt,
  nodesOf,
  numberAt,
  type TreeNode,
  walk,
} from '../expressions/node-tree.js'

/** A query, and the one around it that LATERAL and sub-selects refer to. */
export interface Place {
  readonly query: TreeNode
  readonly outer: Place | undefined
}

/** Kinds of range table entries (RTEKind). */
export const kinds = { relation: 0, subquery: 1, join: 2, cte: 6, group: 9 }

export const hasSetOperations = ({ query }: Place) => isNode(query.fields.get('setOperations'))

export const whereOf = ({ query }: Place) => nodeAt(query, 'jointree')?.fields.get('quals')

/** The columns of a query that can be asked for. */
export const liveTargets = ({ query }: Place) =>
  nodesOf(query.fields.get('targetList')).filter((target) => target.fields.get('resjunk') !== 'true')

export function tableAt({ query }: Place, number: number): TreeNode | undefined {
  return nodesOf(query.fields.get('rtable'))[number - 1]
}

/** The CTE that a range table entry reads, and the query that defines it. */
export function cteAt(place: Place, table: TreeNode): { place: Place; cte: TreeNode } | undefined {
  if (numberAt(table, 'rtekind') !== kinds.cte) return undefined
  const holder = placeAbove(place, numberAt(table, 'ctelevelsup'))
  const name = table.fields.get('ctename')
  const cte = holder && nodesOf(holder.query.fields.get('cteList')).find((one) => one.fields.get('ctename') === name)
  return holder && cte && { place: holder, cte }
}

/** The query in FROM that a range table entry stands for. */
export function subqueryAt(place: Place, table: TreeNode): Place | undefined {
  if (numberAt(table, 'rtekind') === kinds.subquery) return within(place, nodeAt(table, 'subquery'))
  const found = cteAt(place, table)
  return found && within(found.place, nodeAt(found.cte, 'ctequery'))
}

function within(outer: Place, query: TreeNode | undefined): Place | undefined {
  return query && { query, outer }
}

/** The query that many levels around. */
export function placeAbove(place: Place, levels: number): Place | undefined {
  let here: Place | undefined = place
  for (let level = 0; level < levels; level += 1) here = here?.outer
  return here
}

export interface Expression {
  readonly place: Place
  readonly expression: NodeValue
}

/** The expression that a variable stands for, where it is of a join, a grouping or a sub-query. */
export function meaningOf(place: Place, variable: TreeNode): Expression | undefined {
  const table = tableAt(place, numberAt(variable, 'varno'))
  if (table === undefined) return undefined
  const attribute = numberAt(variable, 'varattno')
  const kind = numberAt(table, 'rtekind')
  const aliases = table.fields.get(kind === kinds.join ? 'joinaliasvars' : kind === kinds.group ? 'groupexprs' : '')
  if (Array.isArray(aliases)) return { place, expression: aliases[attribute - 1] ?? null }
  const subquery = subqueryAt(place, table)
  const target = subquery && nodesOf(subquery.query.fields.get('targetList'))[attribute - 1]
  return subquery && target && { place: subquery, expression: target.fields.get('expr') ?? null }
}

/** The variables of an expression, each with the query whose range table it is of. */
export function variablesOf({ place, expression }: Expression): { place: Place; variable: TreeNode }[] {
  const found: { place: Place; variable: TreeNode }[] = []
  walk(expression, (node, depth) => {
    if (isFolded(node)) return false
    const level = node.tag === 'VAR' ? numberAt(node, 'varlevelsup') - depth : -1
    const of = level < 0 ? undefined : placeAbove(place, level)
    if (of) found.push({ place: of, variable: node })
    return true
  })
  return found
}

/** Expressions, and then those that their variables stand for, and so on. */
export function reach(place: Place, expressions: readonly (NodeValue | undefined)[]): Expression[] {
  const pending: Expression[] = expressions.map((expression) => ({ place, expression: expression ?? null }))
  const seen = new Set<NodeValue>()
  const reached: Expression[] = []
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ((!isNode(next.expression) && !isList(next.expression)) || seen.has(next.expression)) continue
    seen.add(next.expression)
    reached.push(next)
    for (const { place: of, variable } of variablesOf(next)) {
      const meaning = meaningOf(of, variable)
      if (meaning !== undefined) pending.push(meaning)
    }
  }
  return reached
}
