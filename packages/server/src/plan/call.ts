import { qualifiedName, splitQualifiedName } from '@rolecast/catalog'
import type { CallQuery } from '@rolecast/grammar'
import { maximumNeedsSet } from '../errors/request-errors.js'
import { json } from '../parse/media-type.js'
import { type Payload, uneven } from '../parse/payload.js'
import type { CachedRoutine } from '../schema-cache/schema-cache.js'
import { isByRow } from './by-row.js'
import type { PlanContext } from './context.js'
import { findRoutine, takesBody } from './find-routine.js'
import { negotiate } from './negotiate.js'
import type { CallArguments, CallPlan, Count } from './plan.js'
import { planTree } from './read-tree.js'
import { argumentsOf } from './walk-query.js'
import { selectsWholeRows } from './whole-rows.js'

/** @throws ApiError PGRST202, PGRST203, and those of the tree and of negotiation */
export function planCall(query: CallQuery, payload: Payload | null, context: PlanContext): CallPlan {
  const { cache, schema, options } = context
  const isPost = query.method === 'POST'
  const names = new Set(isPost ? (payload?.columns ?? []) : query.parameters.map(([name]) => name))
  const contentType = isPost ? (query.body?.type ?? json) : null
  const routine = routineOf(query, payload, { names, contentType }, context)
  const { preferences } = query
  if (preferences.maxAffected !== undefined && preferences.handling === 'strict' && !routine.returns.set) {
    throw maximumNeedsSet()
  }
  const { relation: rowType } = routine.returns
  const relation = rowType === null ? null : (cache.relations.get(rowType) ?? null)
  const name = rowType === null ? routine.name : splitQualifiedName(rowType).name
  const root = planTree(query.selection, { relation, name, kind: 'called' }, context)
  const { media, handler } = negotiate(cache.handlers, {
    accept: query.accept,
    target: rowType ?? qualifiedName(routine.schema, routine.name),
    wholeRows: selectsWholeRows(root),
    explain: options.explain,
  })
  const readOnly = !isPost || routine.routine.volatility !== 'volatile'
  const hasBody = query.method !== 'HEAD'
  return {
    kind: 'call',
    byRow: readOnly && hasBody && routine.returns.kind !== 'void' && media.explain === null && isByRow(handler, query),
    routine,
    arguments: planArguments(query, routine, payload, names, contentType, context),
    root,
    schema,
    media,
    handler: hasBody ? handler : null,
    readOnly,
    count: countOf(query),
  }
}

/** @throws ApiError PGRST102 for an array that names no arguments, where no function takes it as it is */
function routineOf(
  { routine: name }: CallQuery,
  payload: Payload | null,
  given: { readonly names: ReadonlySet<string>; readonly contentType: string | null },
  { cache, schema, options }: PlanContext,
): CachedRoutine {
  const isValue = payload?.kind === 'value'
  const request = { schema, name, ...given, isValue }
  if (!isValue || !payload.isUneven) return findRoutine(cache, request, options.visible)
  const takers = (cache.routines.get(qualifiedName(schema, name)) ?? []).filter((one) => takesBody(one, given))
  if (takers.length === 0) throw uneven()
  return findRoutine(cache, request, options.visible)
}

/** What a function returns is not estimated: there is either an exact total or none. */
function countOf({ preferences: { count } }: CallQuery): Count | null {
  return count === undefined || count === 'planned' ? null : { kind: 'exact', limit: null }
}

function planArguments(
  query: CallQuery,
  routine: CachedRoutine,
  payload: Payload | null,
  names: ReadonlySet<string>,
  contentType: string | null,
  { slots }: PlanContext,
): CallArguments {
  if (takesBody(routine, { contentType })) {
    const type = routine.parameters[0]?.type ?? ''
    return { kind: 'body', type, binary: type === 'bytea' }
  }
  const given = routine.parameters.filter(({ name }) => names.has(name))
  if (query.method === 'POST' && payload?.kind !== 'form') {
    return { kind: 'json', parameters: given, form: payload?.kind === 'array' ? 'array' : 'object' }
  }
  const values = argumentsOf(query.parameters, payload)
  return {
    kind: 'values',
    values: given.flatMap((parameter) => {
      const all = values.filter(([name]) => name === parameter.name)
      return (parameter.variadic ? all : all.slice(-1)).map((one) => ({ parameter, slot: slots.of(one, 'argument') }))
    }),
  }
}
