import type { RelationSurface } from './surface.js'

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
