import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

export const lint: Lint = {
  id: 'P02',
  severity: 'error',
  title: 'A table has policies, but row-level security is off',
  nearMiss: 'The same table that no API role may reach (N42).',
  references: ['CWE-862', 'splinter 0007'],
  *find({ catalog, roles, hasRole, policies }) {
    for (const relation of catalog.relations) {
      const key = qualifiedName(relation.schema, relation.name)
      if (relation.rowSecurity.enabled || policies.on(key).length === 0) continue
      const reached = roles.filter((role) => policies.held(role, key).length > 0 && !hasRole(role, relation.owner))
      if (reached.length === 0) continue
      yield {
        object: key,
        message: `The policies of ${key} hold nobody, and ${reached.map(quoteIdentifier).join(', ')} may reach every row.`,
        evidence: `${policies.on(key).length} policies; row-level security is off.`,
        fix: `ALTER TABLE ${key} ENABLE ROW LEVEL SECURITY;`,
        narrows: true,
      }
    }
  },
}
