import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { verbsOf } from '../../policies/policies-of.js'

export const lint: Lint = {
  id: 'N05',
  severity: 'warning',
  title: 'A policy is for a role that lacks the privilege',
  nearMiss: 'A policy FOR ALL whose role holds one of the verbs.',
  references: ['CWE-1164'],
  *find({ policies, roles, hasRole }) {
    for (const policy of policies.all) {
      if (!policy.relation.rowSecurity.enabled || (policy.policy.using ?? policy.policy.check)?.constant === false)
        continue
      const lacking = (policy.policy.roles ?? []).filter((name) => {
        const concerned = roles.filter((role) => hasRole(role, name))
        return (
          concerned.length > 0 &&
          !concerned.some((role) => verbsOf(policy).some((verb) => policies.holds(role, policy.key, verb)))
        )
      })
      if (lacking.length === 0) continue
      const named = lacking.map(quoteIdentifier).join(', ')
      const verb = policy.policy.command === 'all' ? 'SELECT' : policy.policy.command.toUpperCase()
      yield {
        object: policy.object,
        message: `${named} is refused (42501) before ${policy.object} is asked.`,
        evidence: `${named} holds no ${policy.policy.command === 'all' ? 'privilege' : verb} on ${policy.key}.`,
        fix: `GRANT ${verb} ON ${policy.key} TO ${named};`,
      }
    }
  },
}
