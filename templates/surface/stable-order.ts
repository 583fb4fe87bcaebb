import { compareNames, type RelationSurface, type Surface } from '@rolecast/catalog'

/**
 * The same surface with columns in an order that does not depend on when they were added: the primary key first, then by
 * name. Two databases with the same schema have the same output, whichever migrations led to it.
 */
export function inStableOrder(surface: Surface): Surface {
  return {
    ...surface,
    relations: surface.relations.map(relationInOrder),
    functions: surface.functions.map((each) =>
      each.returns.kind === 'row'
        ? { ...each, returns: { ...each.returns, columns: byName(each.returns.columns) } }
        : each,
    ),
    types: surface.types.map((type) =>
      type.kind === 'composite' ? { ...type, attributes: byName(type.attributes) } : type,
    ),
  }
}

function byName<T extends { readonly name: string }>(things: readonly T[]): readonly T[] {
  return [...things].sort((a, b) => compareNames(a.name, b.name))
}

function relationInOrder(relation: RelationSurface): RelationSurface {
  const { primaryKey, columns, returning, upsert } = relation
  const others = columns.map(({ name }) => name).filter((name) => !primaryKey.includes(name))
  const order = new Map([...primaryKey, ...others.sort(compareNames)].map((name, index) => [name, index]))
  const placeOf = (name: string) => order.get(name) ?? order.size
  const sorted = (names: readonly string[]) =>
    names.length < 2 ? names : [...names].sort((a, b) => placeOf(a) - placeOf(b))
  return {
    ...relation,
    columns: [...columns].sort((a, b) => placeOf(a.name) - placeOf(b.name)),
    select: sorted(relation.select),
    insert: sorted(relation.insert),
    update: sorted(relation.update),
    filter: sorted(relation.filter),
    required: sorted(relation.required),
    maybeRequired: sorted(relation.maybeRequired),
    returning: {
      insert: sorted(returning.insert),
      update: sorted(returning.update),
      delete: sorted(returning.delete),
    },
    upsert: { merge: sorted(upsert.merge), ignore: sorted(upsert.ignore) },
    computed: byName(relation.computed),
  }
}
