import { qualifiedName } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** No API role reaches the table today, so nothing is open yet; a grant would open it. */
export const lint: Lint = {
  id: 'N42',
  severity: 'warning',
  title: 'Policies stand on a table whose row-level security is off',
  nearMiss: 'The same table that API roles reach (P02).',
  references: ['CWE-862', 'splinter 0007'],
  *find({ catalog, roles, policies }) {
    for (const relation of catalog.relations) {
      const key = qualifiedName(relation.schema, relation.name)
      if (relation.rowSecurity.enabled || policies.on(key).length === 0) continue
      if (roles.some((role) => policies.held(role, key).length > 0)) continue
      yield {
        object: key,
        message: `The policies of ${key} hold nobody until row-level security is on.`,
        evidence: `${policies.on(key).length} policies; row-level security is off.`,
        fix: `ALTER TABLE ${key} ENABLE ROW LEVEL SECURITY;`,
        narrows: true,
      }
    }
  },
}
