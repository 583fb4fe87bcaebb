import { GrammarError, type Parameters, parseAccept, parseParameters, parseQueryString } from '@rolecast/grammar/parse'
import { grammarError, methodNotForRoutines, unsupportedMethod, urlTooLong } from '../errors/request-errors.js'
import type { HttpRequest } from '../http-message.js'
import { callQuery, isCallMethod } from './call-query.js'
import type { ParseSettings } from './parse-settings.js'
import type { ParsedRequest } from './parsed-request.js'
import { profileOf } from './profile.js'
import { isRelationMethod, relationQuery } from './relation-query.js'
import { refusedPreferences } from './request-options.js'
import { routeOf } from './route.js'

/**
 * What a request asks for. Nothing in it has been looked up in the database's catalog.
 * @throws ApiError PGRST1xx
 */
export function parseRequest(request: HttpRequest, settings: ParseSettings): ParsedRequest {
  try {
    return parse(request, settings)
  } catch (error) {
    throw error instanceof GrammarError ? grammarError(error) : error
  }
}

function parse(request: HttpRequest, settings: ParseSettings): ParsedRequest {
  const { method, target, headers } = request
  if (target.length > settings.limits.queryLength) throw urlTooLong(settings.limits.queryLength)
  const mark = target.indexOf('?')
  const resource = routeOf(mark === -1 ? target : target.slice(0, mark), settings)
  const profile = profileOf(request, settings.dbSchemas)
  const { schema } = profile
  const profiled = profile.asked !== null || settings.dbSchemas.length > 1
  const search = mark === -1 ? '' : target.slice(mark + 1)

  if (method === 'OPTIONS') {
    parseSearch(search, false, settings) // what could not be read is an error here, too
    return { kind: 'options', schema, profiled, resource }
  }
  switch (resource.kind) {
    case 'root':
      if (method !== 'GET' && method !== 'HEAD') throw unsupportedMethod(method)
      return { kind: 'root', schema, profiled, headOnly: method === 'HEAD', accept: parseAccept(headers.accept) }
    case 'routine': {
      if (!isCallMethod(method)) throw methodNotForRoutines(method)
      const parts = { request, parameters: parseSearch(search, method !== 'POST', settings), profile, settings }
      const { query, legacyTargets } = callQuery(parts, method, resource.name)
      return { kind: 'query', schema, profiled, query, legacyTargets, refusedPreferences: refusedPreferences(request) }
    }
    case 'relation': {
      if (!isRelationMethod(method)) throw unsupportedMethod(method)
      const parts = { request, parameters: parseSearch(search, false, settings), profile, settings }
      const { query, legacyTargets } = relationQuery(parts, method, resource.name)
      return { kind: 'query', schema, profiled, query, legacyTargets, refusedPreferences: refusedPreferences(request) }
    }
  }
}

const nothing: Parameters = {
  select: null,
  columns: null,
  onConflict: null,
  where: [],
  order: [],
  limit: [],
  offset: [],
  arguments: [],
}

function parseSearch(search: string, allowArguments: boolean, { limits }: ParseSettings): Parameters {
  return search === '' ? nothing : parseParameters(parseQueryString(search, limits), allowArguments, limits)
}
