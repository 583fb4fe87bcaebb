import type { QualifiedName } from '@rolecast/catalog'
import type { AuditContext } from '../../context.js'
import type { PolicyOf, Verb } from '../../policies/policies-of.js'

/**
 * The chain of tables by which the policies of one come back to it, for a role that they hold: PostgreSQL refuses such
 * statements (42P17). Undefined: there is none.
 */
export function recursionOf(
  { key }: PolicyOf,
  role: string,
  verb: Verb,
  { policies, index }: AuditContext,
): readonly QualifiedName[] | undefined {
  const readBy = (table: QualifiedName, of: Verb): readonly QualifiedName[] => {
    const relation = index.relations.get(table)
    if (relation === undefined || !policies.isUnder(relation, role)) return []
    if (policies.permissive(table, role, of).length === 0) return []
    return policies
      .applying(table, role, of)
      .flatMap(({ policy }) => [policy.using, policy.check])
      .flatMap((expression) => expression?.uses.reads ?? [])
      .map(({ relation: read }) => read)
  }
  const seen = new Set<QualifiedName>()
  const pending: (readonly QualifiedName[])[] = readBy(key, verb).map((table) => [table])
  for (const chain of pending) {
    const last = chain.at(-1) ?? ''
    if (last === key) return chain
    if (seen.has(last)) continue
    seen.add(last)
    for (const table of readBy(last, 'select')) pending.push([...chain, table])
  }
  return undefined
}
