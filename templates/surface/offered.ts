import type { RelationSurface, Surface } from '@rolecast/catalog'
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

/** Relations without the verbs that no policy lets any row through, and without those that have no other verb. */
export function withoutZeroRows(relations: readonly RelationSurface[]): readonly RelationSurface[] {
  return relations.map(withoutHiddenVerbs).filter(hasVerb)
}

function withoutHiddenVerbs(relation: RelationSurface): RelationSurface {
  const { verdicts, returning, upsert } = relation
  const none: readonly never[] = []
  const hidden = (verb: keyof typeof verdicts) => verdicts[verb] === 'zero-rows'
  if (!(['select', 'insert', 'update', 'delete'] as const).some(hidden)) return relation
  return {
    ...relation,
    select: hidden('select') ? none : relation.select,
    insert: hidden('insert') ? none : relation.insert,
    update: hidden('update') ? none : relation.update,
    delete: relation.delete && !hidden('delete'),
    computed: hidden('select') ? none : relation.computed,
    relationships: hidden('select') ? none : relation.relationships,
    returning: {
      insert: hidden('insert') ? none : returning.insert,
      update: hidden('update') ? none : returning.update,
      delete: hidden('delete') ? none : returning.delete,
    },
    upsert: hidden('insert')
      ? { merge: none, ignore: none }
      : { merge: hidden('update') ? none : upsert.merge, ignore: upsert.ignore },
  }
}

function hasVerb({ select, insert, update, delete: canDelete }: RelationSurface): boolean {
  return select.length > 0 || insert.length > 0 || update.length > 0 || canDelete
}
