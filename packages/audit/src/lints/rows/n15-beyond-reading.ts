import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { isBeyond } from './simple.js'

export const lint: Lint = {
  id: 'N15',
  severity: 'error',
  title: 'Rows that a role may not see can be changed by it',
  nearMiss: 'An UPDATE policy that asks for what the SELECT policy asks for, and more.',
  references: ['CWE-863'],
  *find({ policies, roles, security }) {
    for (const policy of policies.all) {
      const { command, permissive } = policy.policy
      if (!permissive || (command !== 'update' && command !== 'delete')) continue
      const users = roles.filter((role) => {
        if (!policies.users(policy).includes(role) || !policies.holds(role, policy.key, command)) return false
        const seen = policies.permissive(policy.key, role, 'select').map(({ using }) => using)
        return policies.holds(role, policy.key, 'select') && isBeyond(policy.using, seen, security)
      })
      if (users.length === 0) continue
      yield {
        object: policy.object,
        message: `${users.map(quoteIdentifier).join(', ')} may ${command} rows of ${policy.key} that it does not see, by a statement without filter.`,
        evidence: `USING ${policy.policy.using?.text} says nothing of whom a row belongs to, which the SELECT policies ask.`,
        fix: null,
      }
    }
  },
}
