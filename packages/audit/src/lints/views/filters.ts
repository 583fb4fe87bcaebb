import { qualifiedName, type Relation } from '@rolecast/catalog'
import type { AuditContext } from '../../context.js'
import { asksWhoCalls } from '../functions/asks-who-calls.js'

/** Whether a view's definition looks at who calls: itself, or by a function. */
export function asksCallerInView({ view }: Relation, { security }: Pick<AuditContext, 'security'>): boolean {
  if (view === null) return false
  return (
    /\b(current_user|current_role|session_user|current_setting)\b/i.test(view.text) ||
    view.functions.some((signature) => asksWhoCalls(signature, security))
  )
}

/** Views of the exposed schemas with the API roles that may read them. */
export function* readableViews(
  { exposedRelations, roles, policies }: AuditContext,
  kind: Relation['kind'] = 'view',
): Generator<{ relation: Relation; key: string; readers: readonly string[] }> {
  for (const relation of exposedRelations) {
    if (relation.kind !== kind) continue
    const key = qualifiedName(relation.schema, relation.name)
    const readers = roles.filter((role) => policies.held(role, key).length > 0)
    if (readers.length > 0) yield { relation, key, readers }
  }
}
