import type { Query, Selection } from '@rolecast/grammar'
import { assemble } from '@rolecast/grammar/parse'
import { filterRequired, limitOnPut } from '../errors/request-errors.js'
import { bodyOf, callOptions, inRange, type QueryParts, type QueryResult } from './request-options.js'

export type RelationMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

const methods: ReadonlySet<string> = new Set<RelationMethod>(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])

export function isRelationMethod(method: string): method is RelationMethod {
  return methods.has(method)
}

/**
 * A read of a relation, or a write to it.
 * @throws ApiError PGRST114 for a limit with PUT, 21000 for a missing filter with db-require-filter
 */
export function relationQuery(parts: QueryParts, method: RelationMethod, relation: string): QueryResult {
  const { parameters, range, settings } = parts
  const { selection, legacyTargets } = assemble(parameters, {
    targetNames: settings.urlUseLegacyTargetNames,
    embedFilters: method === 'GET' || method === 'HEAD',
  })
  return { query: queryOf(parts, method, relation, inRange(selection, range)), legacyTargets }
}

function queryOf(parts: QueryParts, method: RelationMethod, relation: string, selection: Selection): Query {
  const { request, parameters, settings } = parts
  const { columns, onConflict } = parameters
  const { profile, preferences, accept } = callOptions(parts)
  // Written out, not spread: objects of one shape are what the engine is fast with.
  const whole = unlimited(selection)
  switch (method) {
    case 'GET':
    case 'HEAD':
      return { kind: 'read', relation, selection, profile, preferences, accept, headOnly: method === 'HEAD' }
    case 'POST': {
      const body = bodyOf(request)
      return {
        kind: 'insert',
        relation,
        selection: whole,
        profile,
        preferences,
        accept,
        body,
        columns,
        onConflict,
      }
    }
    case 'PUT': {
      if (selection.limit !== null || (selection.offset ?? 0) > 0) throw limitOnPut()
      const body = bodyOf(request)
      return { kind: 'put', relation, selection: whole, profile, preferences, accept, body, columns: null }
    }
    case 'PATCH': {
      if (settings.requireFilter && selection.where.length === 0) throw filterRequired('UPDATE')
      const body = bodyOf(request)
      return { kind: 'update', relation, selection: whole, profile, preferences, accept, body, columns }
    }
    case 'DELETE':
      if (settings.requireFilter && selection.where.length === 0) throw filterRequired('DELETE')
      return { kind: 'delete', relation, selection: whole, profile, preferences, accept }
  }
}

/** Writes are not limited by `limit`, nor is what they return. */
function unlimited(selection: Selection): Selection {
  return selection.limit === null && selection.offset === null ? selection : { ...selection, limit: null, offset: null }
}
