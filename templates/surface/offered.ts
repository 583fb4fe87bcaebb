import { type Surface, withoutZeroRows } from '@rolecast/catalog'
import { withChosenRelationships } from './view-relationships.js'

/** What of a surface a target may leave out or take in. */
export interface OfferOptions {
  /** Also offer verbs that no row-level security policy lets any row through. Default false. */
  readonly zeroRows?: boolean | undefined
  /** See `withChosenRelationships`. */
  readonly viewRelationships?: 'all' | 'direct' | 'none' | undefined
}

/**
 * The surface as targets for the API offer it: without partitions, which the API does not have, without verbs that never
 * touch a row, unless these are asked for, and with the relationships that are asked for.
 */
export function offered(surface: Surface, options: OfferOptions): Surface {
  const relations = surface.relations.filter(({ isPartition }) => !isPartition)
  const withRows = options.zeroRows === true ? relations : withoutZeroRows(relations)
  return withChosenRelationships({ ...surface, relations: withRows }, options.viewRelationships)
}
