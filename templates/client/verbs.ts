import type { RelationSurface, Surface } from '@rolecast/catalog'
import type { ClientOptions } from './options.js'
import { withChosenRelationships } from './view-relationships.js'

/**
 * The surface as the client offers it: without partitions, which the API does not have, without verbs that never touch a
 * row, unless these are asked for, and with the relationships that are asked for.
 */
export function offered(surface: Surface, options: ClientOptions): Surface {
  const relations = surface.relations.filter(({ isPartition }) => !isPartition)
  const withRows = options.zeroRows === true ? relations : relations.map(withoutZeroRows).filter(hasVerb)
  return withChosenRelationships({ ...surface, relations: withRows }, options.viewRelationships)
}

function withoutZeroRows(relation: RelationSurface): RelationSurface {
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
