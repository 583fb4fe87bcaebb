import type { QualifiedName, Relation } from '@rolecast/catalog'

/**
 * Whether every role that may read a relation sees all that is stored in it: it has no row security, and views have no
 * condition of their own, as far as their definition tells. Views that read themselves can be made: they show nothing.
 */
export function showsAll(
  relation: Relation,
  find: (name: QualifiedName) => Relation | undefined,
  above: readonly Relation[] = [],
): boolean {
  const { rowSecurity, kind, view } = relation
  if (rowSecurity.enabled || above.includes(relation)) return false
  if (kind !== 'view') return true
  const [only, ...more] = view?.isSimple === true && view.condition === true ? view.tables : []
  const base = only === undefined || more.length > 0 ? undefined : find(only.relation)
  return base !== undefined && showsAll(base, find, [...above, relation])
}
