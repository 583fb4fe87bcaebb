import type { Query } from '@rolecast/grammar'
import { resultColumns } from '../compile/compile.js'
import { notSingular, putPayloadDiffers, tooManyAffected } from '../errors/request-errors.js'
import { singular } from '../parse/media-type.js'
import type { Plan } from '../plan/plan.js'
import type { Row } from '../postgres/wire/data-row.js'

/**
 * What a request's result must be for its transaction to commit; null where anything will do.
 * The function throws ApiError PGRST115, PGRST116 or PGRST124.
 */
export function checkOf({ media }: Plan, query: Query): ((rows: readonly Row[]) => void) | null {
  if (media.explain !== null) return null
  const limit =
    query.preferences.handling === 'strict' && limited.has(query.kind) ? query.preferences.maxAffected : undefined
  const isPut = query.kind === 'put'
  const isSingular = media.name === singular
  if (!isPut && !isSingular && limit === undefined) return null
  return (rows) => {
    const count = Number(rows[0]?.[resultColumns.rows] ?? 0)
    if (isPut && count !== 1) throw putPayloadDiffers()
    if (isSingular && count !== 1) throw notSingular(count)
    if (limit !== undefined && count > limit) throw tooManyAffected(count)
  }
}

const limited: ReadonlySet<Query['kind']> = new Set(['update', 'delete', 'call'])
