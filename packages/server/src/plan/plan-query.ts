import type { ReadQuery } from '@rolecast/grammar'
import { invalidPreferences } from '../errors/request-errors.js'
import type { SchemaCache } from '../schema-cache/schema-cache.js'
import { isByRow } from './by-row.js'
import { planCall } from './call.js'
import type { PlanContext, PlanOptions } from './context.js'
import { findRelation } from './find-relation.js'
import { negotiate } from './negotiate.js'
import type { Count, Plan, ReadPlan } from './plan.js'
import { planTree } from './read-tree.js'
import { slotsOf } from './slots.js'
import type { WalkedRequest } from './walk-query.js'
import { selectsWholeRows } from './whole-rows.js'
import { planWrite } from './write.js'

export type PlanRequest = WalkedRequest

/**
 * Resolves a query against the schema cache. Pure.
 *
 * @throws ApiError where a name cannot be bound, no media type can be made, or handling=strict refuses a preference
 */
export function planQuery(request: PlanRequest, cache: SchemaCache, options: PlanOptions): Plan {
  const { schema, refusedPreferences } = request
  const plan = planOf(request, { cache, schema, slots: slotsOf(request), options })
  if (refusedPreferences.length > 0) throw invalidPreferences(refusedPreferences)
  return plan
}

function planOf({ query, payload }: PlanRequest, context: PlanContext): Plan {
  if (query.kind === 'read') return planRead(query, context)
  if (query.kind === 'call') return planCall(query, payload, context)
  return planWrite(query, payload, context)
}

function planRead(query: ReadQuery, context: PlanContext): ReadPlan {
  const { cache, schema, options } = context
  const relation = findRelation(cache, schema, query.relation, options.visible)
  const root = planTree(query.selection, { relation, name: relation.name, kind: 'relation' }, context)
  const { media, handler } = negotiate(cache.handlers, {
    accept: query.accept,
    target: relation.key,
    wholeRows: selectsWholeRows(root),
    explain: options.explain,
  })
  return {
    kind: 'read',
    byRow: !query.headOnly && media.explain === null && isByRow(handler, query),
    relation,
    root,
    schema,
    media,
    handler: query.headOnly ? null : handler,
    readOnly: true,
    count: countOf(query, options),
  }
}

function countOf({ preferences }: ReadQuery, { maximumRows }: PlanOptions): Count | null {
  const kind = preferences.count
  if (kind === undefined) return null
  return { kind, limit: kind === 'estimated' && maximumRows !== null ? maximumRows + 1 : null }
}
