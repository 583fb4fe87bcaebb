import type { QualifiedName, Relation } from '@rolecast/catalog'

/**
 * The primary key's columns. A view has the primary keys of the relations whose key columns it passes on complete, under
 * its own names for them.
 */
export function primaryKeyOf(
  relation: Relation,
  find: (key: QualifiedName) => Relation | undefined,
): readonly string[] {
  const own = relation.constraints.find(({ kind }) => kind === 'primary key')
  if (own !== undefined) return own.columns
  if (relation.view === null) return []
  const { origins } = relation.view
  const sources = [...new Set(origins.flatMap((origin) => (origin === null ? [] : [origin.relation])))]
  return sources.flatMap((source) => {
    const base = find(source)
    if (base === undefined || base === relation) return []
    const key = primaryKeyOf(base, find)
    const names = key.map((column) => {
      const index = origins.findIndex((origin) => origin?.relation === source && origin.column === column)
      return relation.columns[index]?.name
    })
    return key.length > 0 && names.every((name) => name !== undefined) ? names : []
  })
}
