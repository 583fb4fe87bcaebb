import { type EmbedNode, everyColumn, type Plan, type PlannedCondition, type ReadNode } from '../plan/plan.js'
import type { Traces } from '../postgres/session-residue.js'
import type { CachedRelation, SchemaCache } from '../schema-cache/schema-cache.js'

/**
 * What the code that a plan runs may leave in its session. Volatile functions that are called, and triggers, are looked
 * after for everything; a read of plain tables leaves nothing. What is not volatile may run no utility command, such as
 * PREPARE, itself.
 */
export function tracesOf(plan: Plan, cache: SchemaCache): Traces {
  if (plan.kind === 'call') return plan.routine.routine.volatility === 'volatile' ? 'statements' : 'session'
  const { root, relation, handler } = plan
  const isCustom = handler?.kind === 'custom'
  if (plan.kind === 'read') return isCustom || runsCode(root, relation, cache) ? 'session' : 'none'
  const { write } = plan
  const parses = write.kind !== 'delete' && write.columns.some(({ parse }) => parse !== null)
  const runs = isCustom || parses || relation.runsCode.write || conditionsRun(write.where, relation)
  return runs || runsCode(root, relation, cache) ? 'statements' : 'none'
}

function runsCode(node: ReadNode, relation: CachedRelation | null, cache: SchemaCache): boolean {
  if (relation === null || (node.relation !== null && relation.runsCode.read)) return true
  return (
    node.fields.some(
      ({ field, format, cast }) =>
        format !== null || !isColumn(field.name, relation) || (cast !== null && !isPlainCast(cast, cache)),
    ) ||
    conditionsRun(node.where, relation) ||
    node.order.some(({ joinAlias, field }) => joinAlias === null && !isColumn(field.name, relation)) ||
    node.embeds.some((embed) => embedRuns(embed, cache))
  )
}

function embedRuns({ node, relationship: { computed, junction } }: EmbedNode, cache: SchemaCache): boolean {
  if (computed !== null) return true
  const through = junction === null ? false : (cache.relations.get(junction.relation)?.runsCode.read ?? true)
  return through || runsCode(node, node.relation, cache)
}

function conditionsRun(conditions: readonly PlannedCondition[], relation: CachedRelation): boolean {
  return conditions.some((condition) => {
    if (condition.kind === 'embed') return false
    if (condition.kind !== 'filter') return conditionsRun(condition.conditions, relation)
    return condition.parse !== null || !isColumn(condition.field.name, relation)
  })
}

/** What is no column is a computed field: a function. */
function isColumn(name: string | null, { columns }: CachedRelation): boolean {
  return name === null || name === everyColumn || columns.has(name)
}

/** Casts that somebody made, and domains, run functions. */
function isPlainCast(type: string, { catalog }: SchemaCache): boolean {
  return catalog.casts.length === 0 && plainTypes.test(type)
}

const plainTypes =
  /^(?:text|varchar|char|character varying|smallint|int[248]?|integer|bigint|numeric|decimal|real|float[48]?|double precision|bool|boolean|date|time|timestamp|timestamptz|interval|uuid|jsonb?)$/
