import type { CallQuery } from '@rolecast/grammar'
import { assemble } from '@rolecast/grammar/parse'
import { bodyOf, callOptions, inRange, type QueryParts, type QueryResult } from './request-options.js'

/** A call of a function. */
export function callQuery(parts: QueryParts, method: CallQuery['method'], routine: string): QueryResult {
  const { request, parameters, range, settings } = parts
  const { selection, legacyTargets } = assemble(parameters, {
    targetNames: settings.urlUseLegacyTargetNames,
    embedFilters: true,
  })
  const { profile, preferences, accept } = callOptions(parts)
  const query: CallQuery = {
    kind: 'call',
    routine,
    method,
    parameters: parameters.arguments,
    body: method === 'POST' ? bodyOf(request) : null,
    columns: method === 'POST' ? parameters.columns : null,
    selection: inRange(selection, range),
    profile,
    preferences,
    accept,
  }
  return { query, legacyTargets }
}

export function isCallMethod(method: string): method is CallQuery['method'] {
  return method === 'GET' || method === 'HEAD' || method === 'POST'
}
