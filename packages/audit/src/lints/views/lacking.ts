import { quoteIdentifier, type Relation } from '@rolecast/catalog'
import type { AuditContext } from '../../context.js'

/** What a role would need on the relations of a view and has not, as GRANT names it. */
export function lackingFor(role: string, { view }: Relation, { policies, index }: AuditContext): readonly string[] {
  if (index.roles.get(role)?.superuser || !index.privileges.has(role)) return []
  return (view?.reads ?? []).flatMap(({ relation, columns }) => {
    if (!index.relations.has(relation)) return []
    if (columns.length === 0) return policies.holds(role, relation, 'select') ? [] : [`SELECT ON ${relation}`]
    const hidden = columns.filter((column) => !policies.holdsColumn(role, relation, 'select', column))
    return hidden.length === 0 ? [] : [`SELECT (${hidden.map(quoteIdentifier).join(', ')}) ON ${relation}`]
  })
}
