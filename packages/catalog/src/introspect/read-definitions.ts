import type { TypeOperators } from '../model/catalog.js'
import { Trees } from './expressions/trees.js'
import { readRelations, readRoutines, readSequences } from './objects/read-in-rounds.js'
import type * as rows from './objects/rows.js'
import type { Ask } from './snapshot.js'
import * as statements from './statements.js'
import type { ViewTree } from './views/view-tree.js'

export type Definitions = Awaited<ReturnType<typeof readDefinitions>>

/**
 * What is in the user's schemas, and what its expressions name beyond them, with what each expression uses.
 *
 * @param schemas by id: their routines are read even where nothing names them
 */
export async function readDefinitions(ask: Ask, serverVersion: number, schemas: readonly number[]) {
  const trees = new Trees()
  const relations = await readRelations(ask, trees, null)
  const columns = await readColumns(ask, trees, null)
  const constraints = (await ask<rows.ConstraintRow>(statements.constraints(serverVersion))).map((row) => ({
    ...row,
    uses: trees.uses(row.tree),
  }))
  const indexes = (await ask<rows.IndexRow>(statements.indexes)).map((row) => ({
    ...row,
    uses: trees.uses(row.predicateTree, row.expressionsTree),
  }))
  const policies = (await ask<rows.PolicyRow>(statements.policies)).map((row) => ({
    ...row,
    usingUses: trees.uses(row.usingTree),
    checkUses: trees.uses(row.checkTree),
  }))
  const { views, rules } = await readRules(ask, trees)
  const triggers = (await ask<rows.TriggerRow>(statements.triggers)).map((row) => ({
    ...row,
    uses: trees.conjuncts(row.condition),
  }))
  const types = (await ask<rows.TypeRow>(statements.types)).map((row) => ({ ...row, uses: trees.uses(row.tree) }))
  const attributes = await ask<rows.AttributeRow>(statements.attributes)
  const casts = await ask<rows.CastRow>(statements.casts)

  const known = new Set(relations.map(({ oid }) => oid))
  const beyond = [...trees.relations].filter((oid) => !known.has(oid))
  if (beyond.length > 0) {
    relations.push(...(await readRelations(ask, trees, beyond)))
    columns.push(...(await readColumns(ask, trees, beyond)))
  }
  const called = [...triggers.map((trigger) => trigger.function), ...casts.map((cast) => cast.function)]
  const routines = await readRoutines(ask, trees, schemas, new Set([...trees.functions, ...called]))
  const sequences = await readSequences(ask, trees)
  const equalities = await ask<{ family: number; operator: number }>(statements.equalities)
  const looseCollations = (await ask<{ oid: number }>(statements.looseCollations)).map(({ oid }) => oid)
  const comparisons = (await ask<{ oid: number }>(statements.comparisons)).map(({ oid }) => oid)
  const ownCasts = (await ask<{ oid: number }>(statements.ownCasts)).map(({ oid }) => oid)
  const typeOperators = await ask<TypeOperators & { type: number }>(statements.typeOperators)
  return {
    relations,
    columns,
    constraints,
    indexes,
    policies,
    views,
    rules,
    triggers,
    types,
    attributes,
    casts,
    routines,
    sequences,
    equalities,
    looseCollations,
    comparisons,
    ownCasts,
    typeOperators,
  }
}

async function readColumns(ask: Ask, trees: Trees, ids: readonly number[] | null) {
  return (await ask<rows.ColumnRow>(statements.columns, [ids])).map((row) => ({ ...row, uses: trees.uses(row.tree) }))
}

const isView = (row: rows.RuleRow) => row.name === '_RETURN' && row.event === '1'

/** A view is a rule as well, by the name of `_RETURN`. */
async function readRules(ask: Ask, trees: Trees) {
  const all = await ask<rows.RuleRow>(statements.rules)
  const views = new Map<number, ViewTree>()
  for (const row of all.filter(isView)) {
    const view = trees.view(row.action)
    if (view) views.set(row.relation, view)
  }
  const rules = all
    .filter((row) => !isView(row))
    .map((row) => ({ ...row, uses: trees.uses(row.action, row.condition) }))
  return { views, rules }
}
