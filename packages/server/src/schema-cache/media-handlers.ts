import type { Catalog, QualifiedName } from '@rolecast/catalog'
import { csv, geoJson, json, ndjson } from '../parse/media-type.js'
import { qualified } from '../sql/quote.js'

/** What makes a response body of a result. */
export type MediaHandler = { readonly kind: BuiltInKind } | CustomHandler

type BuiltInKind = 'json' | 'json-stripped' | 'object' | 'object-stripped' | 'csv' | 'geojson' | 'ndjson'

export interface CustomHandler {
  readonly kind: 'custom'
  /** the aggregate, as SQL; null where a routine's one result is the body already */
  readonly aggregate: string | null
  /** row type that its argument is cast to, as SQL; null where it takes anything */
  readonly rowType: string | null
  readonly encoding: BodyEncoding
}

/**
 * A body is its value as text, except for bytes; jsonb goes in its binary form, as PostgREST has it, and xml as PostgreSQL
 * prints it: from its first element on where it has no declaration that says anything.
 */
export type BodyEncoding = 'text' | 'bytea' | 'jsonb' | 'xml'

const ownEncodings: ReadonlySet<string> = new Set<BodyEncoding>(['bytea', 'jsonb', 'xml'])

function encodingOf(type: string): BodyEncoding {
  return ownEncodings.has(type) ? (type as BodyEncoding) : 'text'
}

export interface ResolvedHandler {
  readonly handler: MediaHandler
  /** what the response is called */
  readonly mediaType: string
}

export interface MediaHandlers {
  /** for any relation or result, by media type; the wildcard is among them */
  readonly anything: ReadonlyMap<string, ResolvedHandler>
  /** by relation or routine, then media type */
  readonly specific: ReadonlyMap<QualifiedName, ReadonlyMap<string, ResolvedHandler>>
}

export const anyMediaType = '*/*'

const mediaTypeName = /^[A-Za-z0-9.-]+\/[A-Za-z0-9.+-]+$/

/**
 * The handlers that a database has: aggregates that return a domain named like a media type, for a row type or for
 * anything, and functions that return such a domain ("Media Type Handlers" in PostgREST's manual).
 */
export function mediaHandlersOf(
  catalog: Catalog,
  schemas: readonly string[],
  key: (schema: string, name: string) => QualifiedName,
): MediaHandlers {
  const anything = new Map<string, ResolvedHandler>([
    [anyMediaType, { handler: { kind: 'json' }, mediaType: json }],
    [json, { handler: { kind: 'json' }, mediaType: json }],
    [csv, { handler: { kind: 'csv' }, mediaType: csv }],
    [ndjson, { handler: { kind: 'ndjson' }, mediaType: ndjson }],
    [geoJson, { handler: { kind: 'geojson' }, mediaType: geoJson }],
  ])
  const specific = new Map<QualifiedName, Map<string, ResolvedHandler>>()
  const domains = mediaDomains(catalog, key)
  const add = (target: QualifiedName, mediaType: string, resolved: ResolvedHandler) =>
    specific.set(target, (specific.get(target) ?? new Map()).set(mediaType, resolved))

  for (const routine of catalog.routines) {
    const domain = routine.returns.type.array ? undefined : domains.get(routine.returns.type.type)
    if (domain === undefined || !schemas.includes(routine.schema)) continue
    const { mediaType, resolved, encoding } = domain
    if (routine.kind === 'aggregate') {
      const [argument, ...others] = routine.arguments.filter(({ mode }) => mode === 'in')
      if (argument === undefined || others.length > 0) continue
      const takesAnything = argument.type.formatted === 'anyelement'
      const handler = {
        kind: 'custom' as const,
        aggregate: qualified(routine.schema, routine.name),
        rowType: takesAnything ? null : argument.type.formatted,
        encoding,
      }
      if (takesAnything) anything.set(mediaType, { handler, mediaType: resolved })
      else add(argument.type.type, mediaType, { handler, mediaType: resolved })
    } else if (routine.kind === 'function' && !routine.returns.set) {
      const handler = { kind: 'custom' as const, aggregate: null, rowType: null, encoding }
      add(key(routine.schema, routine.name), mediaType, { handler, mediaType: resolved })
    }
  }
  return { anything, specific }
}

interface MediaDomain {
  readonly mediaType: string
  readonly resolved: string
  readonly encoding: BodyEncoding
}

function mediaDomains(
  catalog: Catalog,
  key: (schema: string, name: string) => QualifiedName,
): Map<QualifiedName, MediaDomain> {
  const found = new Map<QualifiedName, MediaDomain>()
  for (const type of catalog.types) {
    if (type.kind !== 'domain') continue
    if (type.name !== anyMediaType && !mediaTypeName.test(type.name)) continue
    const mediaType = type.name.toLowerCase()
    found.set(key(type.schema, type.name), {
      mediaType,
      resolved: mediaType === anyMediaType ? 'application/octet-stream' : mediaType,
      encoding: encodingOf(type.base.formatted),
    })
  }
  return found
}
