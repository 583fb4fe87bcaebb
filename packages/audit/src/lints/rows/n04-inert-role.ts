import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

export const lint: Lint = {
  id: 'N04',
  severity: 'warning',
  title: 'A policy is for roles that no policy holds',
  nearMiss: 'The table’s owner where row-level security is forced.',
  references: ['CWE-1164'],
  *find({ policies, index }) {
    for (const { policy, object, relation } of policies.all) {
      const inert = (policy.roles ?? []).filter((name) => {
        const role = index.roles.get(name)
        return role?.superuser || role?.bypassRowSecurity || (name === relation.owner && !relation.rowSecurity.forced)
      })
      if (inert.length === 0 || inert.length < (policy.roles?.length ?? 0)) continue
      yield {
        object,
        message: `${object} changes nothing: ${inert.map(quoteIdentifier).join(', ')} passes every policy.`,
        evidence:
          'Superusers, roles with BYPASSRLS, and owners unless it is forced, are not held by row-level security.',
        fix: `DROP POLICY ${object};`,
        narrows: true,
      }
    }
  },
}
