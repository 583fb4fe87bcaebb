import type { PolicyTerms, Security } from '../../model/security.js'
import { compareNames } from '../../postgres/names.js'
import type { NodeValue } from '../expressions/node-tree.js'
import { parseNodeTree } from '../expressions/parse-node-tree.js'
import type { Names } from '../names.js'
import type { PolicyRow } from '../objects/rows.js'
import type { Ask } from '../snapshot.js'
import { idsIn, type NamedFunction, readTerm } from './read-term.js'
import * as statements from './statements.js'

/** The conditions of policies as terms, with the names of all that they call. */
export async function readConditions(
  ask: Ask,
  policies: readonly PolicyRow[],
  names: Names,
): Promise<Security['conditions']> {
  const trees = policies.map((row) => ({ row, using: parsed(row.usingTree), check: parsed(row.checkTree) }))
  const ids = { functions: new Set<number>(), operators: new Set<number>() }
  for (const tree of trees.flatMap(({ using, check }) => [using, check])) if (tree !== null) idsIn(tree, ids)
  const functions = await ask<NamedFunction & { oid: number }>(statements.functionNames, [[...ids.functions]])
  const operators = await ask<{ oid: number; name: string }>(statements.operatorNames, [[...ids.operators]])
  const known = {
    names,
    functions: new Map(functions.map((row) => [row.oid, row])),
    operators: new Map(operators.map(({ oid, name }) => [oid, name])),
  }
  const byRelation = new Map<string, [name: string, terms: PolicyTerms][]>()
  for (const { row, using, check } of trees) {
    const relation = names.relation(row.relation)
    if (relation === undefined) continue
    const term = (tree: NodeValue) => (tree === null ? null : readTerm(tree, row.relation, known))
    const list = byRelation.get(relation) ?? []
    list.push([row.name, { using: term(using), check: term(check) }])
    byRelation.set(relation, list)
  }
  const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => compareNames(a, b)
  return Object.fromEntries(
    [...byRelation].sort(byName).map(([relation, list]) => [relation, Object.fromEntries(list.sort(byName))]),
  )
}

const parsed = (tree: string | null): NodeValue => (tree === null ? null : parseNodeTree(tree))
