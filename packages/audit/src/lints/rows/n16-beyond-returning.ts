import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { checkFor } from '../../policies/policies-of.js'
import { isBeyond } from './simple.js'

export const lint: Lint = {
  id: 'N16',
  severity: 'warning',
  title: 'Rows may be inserted that their author may not see: returning them fails',
  nearMiss: 'A role that may not read the table at all.',
  references: ['CWE-1164'],
  *find({ policies, roles, security }) {
    for (const policy of policies.all) {
      const { command, permissive } = policy.policy
      if (!permissive || command !== 'insert') continue
      const concerned = policies.users(policy)
      const users = roles.filter((role) => {
        if (!concerned.includes(role) || !policies.holds(role, policy.key, 'select')) return false
        const seen = policies.permissive(policy.key, role, 'select').map(({ using }) => using)
        return isBeyond(checkFor(policy, 'insert'), seen, security)
      })
      if (users.length === 0) continue
      yield {
        object: policy.object,
        message: `An insert by ${users.map(quoteIdentifier).join(', ')} into ${policy.key} fails (42501) when it returns the row.`,
        evidence: `WITH CHECK ${policy.policy.check?.text} admits rows that no SELECT policy does.`,
        fix: null,
      }
    }
  },
}
