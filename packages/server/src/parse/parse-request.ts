import type { CallOptions, CallQuery, Query, Selection } from '@rolecast/grammar'
import {
  assemble,
  GrammarError,
  type Parameters,
  parseAccept,
  parseParameters,
  parsePreferences,
  parseQueryString,
  restrictRange,
} from '@rolecast/grammar/parse'
import {
  filterRequired,
  grammarError,
  invalidPreferences,
  limitOnPut,
  methodNotForRoutines,
  unsupportedMethod,
  urlTooLong,
} from '../errors/request-errors.js'
import type { HttpRequest } from '../http/message.js'
import { bodyOf } from './body.js'
import type { ParseSettings } from './parse-settings.js'
import type { ParsedQuery, ParsedRequest } from './parsed-request.js'
import { type Profile, profileOf } from './profile.js'
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
  const { schema, asked } = profile
  const common = { schema, profiled: asked !== null || settings.dbSchemas.length > 1 }
  const search = mark === -1 ? '' : target.slice(mark + 1)

  if (method === 'OPTIONS') return { kind: 'options', ...common, resource }
  switch (resource.kind) {
    case 'root':
      if (method !== 'GET' && method !== 'HEAD') throw unsupportedMethod(method)
      return { kind: 'root', ...common, headOnly: method === 'HEAD', accept: parseAccept(headers.accept) }
    case 'routine': {
      if (!isCallMethod(method)) throw methodNotForRoutines(method)
      const parsed = parseSearch(search, method !== 'POST', settings)
      return { kind: 'query', ...common, ...callQuery(request, method, resource.name, parsed, profile, settings) }
    }
    case 'relation':
      if (!isRelationMethod(method)) throw unsupportedMethod(method)
      return {
        kind: 'query',
        ...common,
        ...relationQuery(request, method, resource.name, parseSearch(search, false, settings), profile, settings),
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

type Result = Pick<ParsedQuery, 'query' | 'legacyTargets'>

function callQuery(
  request: HttpRequest,
  method: CallQuery['method'],
  routine: string,
  parameters: Parameters,
  profile: Profile,
  settings: ParseSettings,
): Result {
  const { selection, legacyTargets } = assemble(parameters, {
    targetNames: settings.urlUseLegacyTargetNames,
    embedFilters: true,
  })
  const query: CallQuery = {
    kind: 'call',
    routine,
    method,
    parameters: parameters.arguments,
    body: method === 'POST' ? bodyOf(request) : null,
    columns: method === 'POST' ? parameters.columns : null,
    selection: inRange(selection, method, request),
    ...callOptions(request, profile, settings),
  }
  return { query, legacyTargets }
}

type RelationMethod = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

function relationQuery(
  request: HttpRequest,
  method: RelationMethod,
  relation: string,
  parameters: Parameters,
  profile: Profile,
  settings: ParseSettings,
): Result {
  const reads = method === 'GET' || method === 'HEAD'
  const assembled = assemble(parameters, { targetNames: settings.urlUseLegacyTargetNames, embedFilters: reads })
  const { legacyTargets } = assembled
  const selection = inRange(assembled.selection, method, request)
  const { columns, onConflict } = parameters
  const options = callOptions(request, profile, settings)
  const common = { relation, selection, ...options }
  const query = (): Query => {
    switch (method) {
      case 'GET':
      case 'HEAD':
        return { kind: 'read', ...common, headOnly: method === 'HEAD' }
      case 'POST':
        return {
          kind: 'insert',
          ...common,
          selection: unlimited(selection),
          body: bodyOf(request),
          columns,
          onConflict,
        }
      case 'PUT':
        if (selection.limit !== null || selection.offset !== null) throw limitOnPut()
        return { kind: 'put', ...common, body: bodyOf(request), columns: null }
      case 'PATCH':
        if (settings.requireFilter && selection.where.length === 0) throw filterRequired('UPDATE')
        return { kind: 'update', ...common, selection: unlimited(selection), body: bodyOf(request), columns }
      case 'DELETE':
        if (settings.requireFilter && selection.where.length === 0) throw filterRequired('DELETE')
        return { kind: 'delete', ...common, selection: unlimited(selection) }
    }
  }
  return { query: query(), legacyTargets }
}

/** The `Range` header counts with GET only (RFC 9110, section 14.2). */
function inRange(selection: Selection, method: string, { headers }: HttpRequest): Selection {
  const header = method === 'GET' ? headers.range : undefined
  if (header === undefined && selection.limit === null) return selection
  return { ...selection, ...restrictRange(selection, header) }
}

/** Writes are not limited by `limit`, nor is what they return. */
function unlimited(selection: Selection): Selection {
  return { ...selection, limit: null, offset: null }
}

function callOptions({ headers }: HttpRequest, { asked }: Profile, settings: ParseSettings): CallOptions {
  const { preferences, invalid } = parsePreferences(headers.prefer)
  if (invalid.length > 0 && preferences.handling === 'strict') throw invalidPreferences(invalid)
  const { transaction, ...others } = preferences
  const heard = transaction === undefined || settings.transactionOverride
  return { profile: asked, preferences: heard ? preferences : others, accept: parseAccept(headers.accept) }
}

function isCallMethod(method: string): method is CallQuery['method'] {
  return method === 'GET' || method === 'HEAD' || method === 'POST'
}

function isRelationMethod(method: string): method is RelationMethod {
  return isCallMethod(method) || method === 'PUT' || method === 'PATCH' || method === 'DELETE'
}
