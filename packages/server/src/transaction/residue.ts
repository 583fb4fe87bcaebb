import { type EmbedNode, everyColumn, type Plan, type PlannedCondition, type ReadNode } from '../plan/plan.js'
import type { SessionResidue } from '../postgres/session-residue.js'
import type { CachedRelation, SchemaCache } from '../schema-cache/schema-cache.js'

/** What a plan may leave in its session: nothing only if no code that somebody wrote for the database can run. */
export function residueOf(plan: Plan, cache: SchemaCache): SessionResidue {
  if (plan.kind === 'call' || handlerRuns(plan)) return cache.codeResidue
  const { root, relation } = plan
  if (runsCode(root, relation, cache) || (plan.kind === 'write' && writeRuns(plan.write, relation))) {
    return cache.codeResidue
  }
  const writeAdvances = plan.kind === 'write' && relation.runsCode.write.advances
  return writeAdvances || readAdvances(root) ? 'sequences' : 'none'
}

/** `ST_AsGeoJSON` is a function of an extension, or of whoever made one of that name. */
function handlerRuns({ handler }: Plan): boolean {
  return handler?.kind === 'custom' || handler?.kind === 'geojson'
}

function writeRuns(write: Extract<Plan, { kind: 'write' }>['write'], relation: CachedRelation): boolean {
  const parses = write.kind !== 'delete' && write.columns.some(({ parse }) => parse !== null)
  return parses || relation.runsCode.write.runs || conditionsRun(write.where, relation)
}

function readAdvances({ relation, embeds }: ReadNode): boolean {
  return relation?.runsCode.read.advances === true || embeds.some(({ node }) => readAdvances(node))
}

function runsCode(node: ReadNode, relation: CachedRelation | null, cache: SchemaCache): boolean {
  if (relation === null || (node.relation !== null && relation.runsCode.read.runs)) return true
  return (
    node.fields.some(
      ({ field, format, cast, aggregateCast }) =>
        format !== null ||
        !isColumn(field.name, relation) ||
        [cast, aggregateCast].some((type) => type !== null && !isPlainCast(type, cache)),
    ) ||
    conditionsRun(node.where, relation) ||
    node.order.some(({ joinAlias, field }) => !isColumn(field.name, orderedRelation(node, joinAlias, relation))) ||
    node.embeds.some((embed) => embedRuns(embed, cache))
  )
}

/** The relation whose column rows are ordered by: the node's own, or that of a to-one embed. */
function orderedRelation(
  { embeds }: ReadNode,
  joinAlias: string | null,
  own: CachedRelation,
): CachedRelation | null | undefined {
  return joinAlias === null ? own : embeds.find((embed) => embed.joinAlias === joinAlias)?.node.relation
}

function embedRuns({ node, relationship: { computed, junction }, output }: EmbedNode, cache: SchemaCache): boolean {
  if (computed !== null) return true
  const spreads = output.kind === 'spread' ? output.columns : []
  return (
    (junction !== null && cache.relations.get(junction.relation)?.runsCode.read.runs !== false) ||
    spreads.some(({ cast }) => cast !== null && !isPlainCast(cast, cache)) ||
    runsCode(node, node.relation, cache)
  )
}

function conditionsRun(conditions: readonly PlannedCondition[], relation: CachedRelation): boolean {
  return conditions.some((condition) => {
    if (condition.kind === 'embed') return false
    if (condition.kind !== 'filter') return conditionsRun(condition.conditions, relation)
    return condition.parse !== null || !isColumn(condition.field.name, relation)
  })
}

/** What is no column is a computed field: a function. */
function isColumn(name: string | null, relation: CachedRelation | null | undefined): boolean {
  return name === null || name === everyColumn || relation?.columns.has(name) === true
}

/** Casts that somebody made, and domains, run functions. */
function isPlainCast(type: string, { catalog }: SchemaCache): boolean {
  return catalog.casts.length === 0 && plainTypes.test(type)
}

const plainTypes =
  /^(?:text|varchar|char|character varying|smallint|int[248]?|integer|bigint|numeric|decimal|real|float[48]?|double precision|bool|boolean|date|time|timestamp|timestamptz|interval|uuid|jsonb?)$/
