import {
  GrammarError,
  type Parameters,
  parseAccept,
  parseParameters,
  parsePreferences,
  parseQueryString,
} from '@rolecast/grammar/parse'
import { grammarError, methodNotForRoutines, unsupportedMethod, urlTooLong } from '../errors/request-errors.js'
import { type HttpRequest, splitTarget } from '../http-message.js'
import { callQuery, isCallMethod } from './call-query.js'
import type { ParseSettings } from './parse-settings.js'
import type { ParsedRequest, Resource } from './parsed-request.js'
import { type Payload, readArguments, readRows } from './payload.js'
import { profileOf } from './profile.js'
import { isRelationMethod, relationQuery } from './relation-query.js'
import { bodyOf, type QueryParts, rangeOf } from './request-options.js'
import { routeOf } from './route.js'
import { atOnce, inSlices, type Slices } from './slices.js'

/** Bytes of a body from which on it is worth to read it in slices. */
export const largeBody = 65_536

/**
 * What a request asks for. Nothing in it has been looked up in the database's catalog.
 * @throws ApiError PGRST1xx
 */
export function parseRequest(request: HttpRequest, settings: ParseSettings): ParsedRequest {
  return atOnce(parsing(request, settings))
}

/** The same in slices, so that a large body holds nobody else up. */
export function parseInSlices(request: HttpRequest, settings: ParseSettings): Promise<ParsedRequest> {
  return inSlices(parsing(request, settings))
}

function* parsing(request: HttpRequest, settings: ParseSettings): Slices<ParsedRequest> {
  try {
    return yield* parse(request, settings)
  } catch (error) {
    throw error instanceof GrammarError ? grammarError(error) : error
  }
}

/** The order decides which of several errors is said: path, schema, method, parameters, range, body, and then the rest. */
function* parse(request: HttpRequest, settings: ParseSettings): Slices<ParsedRequest> {
  const { method, target, headers } = request
  if (target.length > settings.limits.queryLength) throw urlTooLong(settings.limits.queryLength)
  const { path, query: search } = splitTarget(target)
  const resource = routeOf(path, settings)
  const profile = profileOf(request, settings.dbSchemas)
  const { schema } = profile
  const profiled = profile.asked !== null || settings.dbSchemas.length > 1
  checkMethod(resource, method)
  const parameters = parseSearch(search, resource.kind === 'routine' && method !== 'POST', settings)
  const range = rangeOf(parameters, request)
  if (method === 'OPTIONS') return { kind: 'options', schema, profiled, resource }
  if (resource.kind === 'root') {
    return { kind: 'root', schema, profiled, headOnly: method === 'HEAD', accept: parseAccept(headers.accept) }
  }
  const preferences = parsePreferences(headers.prefer)
  const parts: QueryParts = { request, parameters, range, profile, preferences, settings }
  const payload = yield* readPayload(resource, parts)
  const { query, legacyTargets } = queryOf(resource, parts)
  return { kind: 'query', schema, profiled, query, payload, legacyTargets, refusedPreferences: preferences.refused }
}

/** @throws ApiError PGRST101, PGRST117 */
function checkMethod(resource: Resource, method: string): void {
  if (method === 'OPTIONS') return
  if (resource.kind === 'routine') {
    if (!isCallMethod(method)) throw methodNotForRoutines(method)
  } else if (resource.kind === 'root' ? method !== 'GET' && method !== 'HEAD' : !isRelationMethod(method)) {
    throw unsupportedMethod(method)
  }
}

const withRows: ReadonlySet<string> = new Set(['POST', 'PATCH', 'PUT'])

function* readPayload(resource: Resource, { request, parameters, settings }: QueryParts): Slices<Payload | null> {
  const { method } = request
  const { jsonDepth } = settings
  const columns = method === 'PUT' ? null : parameters.columns
  if (resource.kind === 'routine') {
    return method === 'POST' ? yield* readArguments(bodyOf(request), { columns, jsonDepth }) : null
  }
  return withRows.has(method) ? yield* readRows(bodyOf(request), { columns, jsonDepth }) : null
}

function queryOf(resource: Exclude<Resource, { kind: 'root' }>, parts: QueryParts) {
  const { method } = parts.request
  if (resource.kind === 'routine' && isCallMethod(method)) return callQuery(parts, method, resource.name)
  if (resource.kind === 'relation' && isRelationMethod(method)) return relationQuery(parts, method, resource.name)
  throw unsupportedMethod(method)
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
