import type { Query, ReadQuery } from '@rolecast/grammar'
import type { Payload } from '../parse/payload.js'
import type { SchemaCache } from '../schema-cache/schema-cache.js'
import { planCall } from './call.js'
import type { PlanContext, PlanOptions } from './context.js'
import { findRelation } from './find-relation.js'
import { negotiate } from './negotiate.js'
import type { Count, Plan, ReadPlan } from './plan.js'
import { planTree } from './read-tree.js'
import { slotsOf } from './slots.js'
import { selectsWholeRows } from './whole-rows.js'
import { planWrite } from './write.js'

export interface PlanRequest {
  readonly query: Query
  readonly payload: Payload | null
  readonly schema: string
}

/**
 * Resolves a query against the schema cache. Pure.
 *
 * @throws ApiError where a name cannot be bound or no media type can be made
 */
export function planQuery({ query, payload, schema }: PlanRequest, cache: SchemaCache, options: PlanOptions): Plan {
  const context: PlanContext = { cache, schema, slots: slotsOf(query, payload), options }
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
