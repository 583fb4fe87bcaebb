import type { CallQuery, ReadQuery } from '@rolecast/grammar'
import type { MediaHandler } from '../schema-cache/media-handlers.js'

/** Whether rows go out as they come. Where their number decides whether the request succeeds, it is needed first. */
export function isByRow({ kind }: MediaHandler, { preferences }: ReadQuery | CallQuery): boolean {
  const isLimited = preferences.handling === 'strict' && preferences.maxAffected !== undefined
  return !isLimited && (kind === 'ndjson' || (kind === 'csv' && preferences.stream !== undefined))
}
