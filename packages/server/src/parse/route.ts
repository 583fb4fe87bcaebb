import { decodePercent } from '@rolecast/grammar/parse'
import { invalidPath, openApiDisabled } from '../errors/request-errors.js'
import type { ParseSettings } from './parse-settings.js'
import type { Resource } from './parsed-request.js'

const root: Resource = { kind: 'root' }

/**
 * What a path names: `/`, `/relation` or `/rpc/routine`. Slashes in names are percent-encoded.
 * @param path percent-encoded, without query
 * @throws ApiError PGRST125 for other paths, PGRST126 for `/` where openapi-mode is disabled
 * @throws GrammarError for bytes that are not UTF-8
 */
export function routeOf(path: string, settings: ParseSettings): Resource {
  const segments = path.split('/', 5)
  if (segments[0] !== '') throw invalidPath()
  const [, first = '', second, ...more] = segments
  if (second === undefined) return first === '' ? rootResource(settings) : { kind: 'relation', name: nameIn(first) }
  if (more.length > 0 || first !== 'rpc') throw invalidPath()
  return { kind: 'routine', name: nameIn(second) }
}

/** db-root-spec has a function answer in place of the description. */
function rootResource({ openapiMode, dbRootSpec }: ParseSettings): Resource {
  if (openapiMode === 'disabled') throw openApiDisabled()
  return dbRootSpec === null ? root : { kind: 'routine', name: dbRootSpec.name }
}

function nameIn(segment: string): string {
  return segment.includes('%') ? decodePercent(segment) : segment
}
