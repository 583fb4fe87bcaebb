import type { QualifiedName } from '@rolecast/catalog'
import { notAcceptable } from '../errors/request-errors.js'
import { array, echoedType, type MediaType, parseMediaType, plainMediaType, singular } from '../parse/media-type.js'
import {
  anyMediaType,
  type MediaHandler,
  type MediaHandlers,
  type ResolvedHandler,
} from '../schema-cache/media-handlers.js'

export interface Negotiation {
  /** in order of preference */
  readonly accept: readonly string[]
  /** what is asked: relation or routine */
  readonly target: QualifiedName
  /** only whole rows go to a relation's own handlers */
  readonly wholeRows: boolean
  readonly explain: boolean
}

export interface Negotiated {
  readonly media: MediaType
  readonly handler: MediaHandler
}

/**
 * The first acceptable media type that something can make.
 *
 * @throws ApiError PGRST107
 */
export function negotiate(handlers: MediaHandlers, request: Negotiation): Negotiated {
  const accepted = request.accept.length === 0 ? [plainMediaType(anyMediaType)] : request.accept.map(parseMediaType)
  for (const media of accepted) {
    const found = produce(handlers, media, request)
    if (found !== null) return found
  }
  throw notAcceptable(request.accept.map(echoedType))
}

function produce(handlers: MediaHandlers, media: MediaType, request: Negotiation): Negotiated | null {
  if (media.explain !== null) {
    if (!request.explain) return null
    const made = produce(handlers, media.explain.of, request)
    return made === null ? null : { media, handler: made.handler }
  }
  if (media.name === singular) return { media, handler: { kind: media.stripNulls ? 'object-stripped' : 'object' } }
  if (media.name === array) return { media, handler: { kind: 'json-stripped' } }
  const found = lookUp(handlers, media.name, request)
  return found === undefined ? null : { media: plainMediaType(found.mediaType), handler: found.handler }
}

function lookUp(
  { anything, specific }: MediaHandlers,
  name: string,
  { target, wholeRows }: Negotiation,
): ResolvedHandler | undefined {
  const own = wholeRows ? specific.get(target) : undefined
  return own?.get(anyMediaType) ?? own?.get(name) ?? anything.get(name)
}
