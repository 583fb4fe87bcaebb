import { qualifiedName } from '@rolecast/catalog'
import type { ApiError } from '../errors/api-error.js'
import { pgrstError } from '../errors/pgrst-error.js'
import { json } from '../parse/media-type.js'
import type { CachedRoutine, SchemaCache } from '../schema-cache/schema-cache.js'
import { NameIndex } from './name-index.js'
import { Suggestions } from './suggestions.js'
import type { VisibleNames } from './visible-names.js'

export interface RoutineRequest {
  readonly schema: string
  readonly name: string
  /** names of the given arguments */
  readonly names: ReadonlySet<string>
  /** media type of the body of a POST; null for GET and HEAD */
  readonly contentType: string | null
  /** whether the body is a value that names no arguments: a function that takes it as it is goes first */
  readonly isValue?: boolean
}

/** Types of the one unnamed parameter that takes a whole body, by the body's media type. */
const wholeBodyTypes: Readonly<Record<string, readonly string[]>> = {
  [json]: ['json', 'jsonb'],
  'text/plain': ['text'],
  'text/xml': ['xml'],
  'application/octet-stream': ['bytea'],
}

const isRaw = (type: string | null) => type !== null && type !== json && type in wholeBodyTypes

/**
 * The overload whose parameters have the given names; failing that, the one that takes the body as it is.
 *
 * @throws ApiError PGRST202 for none, PGRST203 for several
 */
export function findRoutine(cache: SchemaCache, request: RoutineRequest, visible: VisibleNames): CachedRoutine {
  const overloads = cache.routines.get(qualifiedName(request.schema, request.name)) ?? []
  const byName = () => overloads.filter((routine) => takesNames(routine, request))
  const byBody = () => overloads.filter((routine) => takesBody(routine, request))
  const [first, second] = request.isValue === true ? [byBody, byName] : [byName, byBody]
  const preferred = first()
  const candidates = preferred.length > 0 ? preferred : second()
  const [found, ...others] = candidates
  if (found === undefined) throw notFound(cache, overloads, request, visible)
  if (others.length > 0) throw ambiguous(candidates)
  return found
}

/**
 * Every function of a name, whatever its arguments.
 *
 * @throws ApiError PGRST202
 */
export function findOverloads(
  cache: SchemaCache,
  request: RoutineRequest,
  visible: VisibleNames,
): readonly CachedRoutine[] {
  const overloads = cache.routines.get(qualifiedName(request.schema, request.name)) ?? []
  if (overloads.length === 0) throw notFound(cache, overloads, request, visible)
  return overloads
}

function takesNames({ parameters }: CachedRoutine, { names, contentType }: RoutineRequest): boolean {
  if (parameters.length === 0) return names.size === 0 && !isRaw(contentType)
  const known = new Set(parameters.map(({ name }) => name))
  return (
    [...names].every((name) => known.has(name)) &&
    parameters.every(({ name, required }) => !required || names.has(name))
  )
}

export function takesBody(
  { parameters }: CachedRoutine,
  { contentType }: Pick<RoutineRequest, 'contentType'>,
): boolean {
  const [only, ...others] = parameters
  if (only === undefined || others.length > 0 || only.name !== '' || contentType === null) return false
  return wholeBodyTypes[contentType]?.includes(only.type) ?? false
}

function notFound(
  cache: SchemaCache,
  overloads: readonly CachedRoutine[],
  { schema, name, names, contentType }: RoutineRequest,
  { routines: visible }: VisibleNames,
): ApiError {
  const sorted = [...names].sort()
  const full = `${schema}.${name}`
  const raw = isRaw(contentType)
  const list = sorted.join(', ')
  const inMessage = raw ? '' : sorted.length === 0 ? ' without parameters' : `(${list})`
  const inDetails = raw
    ? ` with a single unnamed ${wholeBodyTypes[contentType ?? '']?.[0]} parameter`
    : (sorted.length === 0 ? ' without parameters' : ` with parameter${sorted.length > 1 ? 's' : ''} ${list}`) +
      (contentType === json ? ' or with a single unnamed json/jsonb parameter' : '')
  return pgrstError(
    'PGRST202',
    `Could not find the function ${full}${inMessage} in the schema cache`,
    `Searched for the function ${full}${inDetails}, but no matches were found in the schema cache.`,
    raw ? null : suggestion(cache, overloads, schema, name, sorted, visible),
  )
}

function suggestion(
  cache: SchemaCache,
  overloads: readonly CachedRoutine[],
  schema: string,
  name: string,
  names: readonly string[],
  visible: VisibleNames['routines'],
): string | null {
  const listed = (of: readonly string[]) => `(${[...of].sort().join(', ')})`
  const isKnown = overloads.length > 0 && visible.has(qualifiedName(schema, name))
  const similar = isKnown
    ? parametersOf(overloads, listed).closest(listed(names), () => true)
    : Suggestions.of(cache).closest('routine', schema, name, visible, 0.75)
  if (similar === null) return null
  return `Perhaps you meant to call the function ${schema}.${isKnown ? name : ''}${similar}`
}

function parametersOf(
  overloads: readonly CachedRoutine[],
  listed: (names: readonly string[]) => string,
): NameIndex<CachedRoutine> {
  return new NameIndex(
    overloads.map((one) => [listed(one.parameters.map((parameter) => parameter.name)), one] as const),
  )
}

function ambiguous(candidates: readonly CachedRoutine[]): ApiError {
  const list = candidates.map(
    ({ schema, name, parameters }) =>
      `${schema}.${name}(${parameters.map((parameter) => `${parameter.name} => ${parameter.type}`).join(', ')})`,
  )
  return pgrstError(
    'PGRST203',
    `Could not choose the best candidate function between: ${list.join(', ')}`,
    null,
    'Try renaming the parameters or the function itself in the database so function overloading can be resolved',
  )
}
