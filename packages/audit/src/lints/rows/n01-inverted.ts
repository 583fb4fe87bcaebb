import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { asksCaller } from '../../policies/callers.js'
import { truthWithoutClaims } from './without-claims.js'

export const lint: Lint = {
  id: 'N01',
  severity: 'critical',
  title: 'A policy is true for callers who have no claims',
  nearMiss: 'A comparison with a claim that is not there: it is NULL, and lets nothing through.',
  references: ['CWE-287', 'CWE-863'],
  *find({ policies, security }) {
    for (const policy of policies.all) {
      const users = policies.users(policy)
      if (!policy.policy.permissive || users.length === 0) continue
      const open = [policy.using, policy.check].find(
        (term) => term !== null && asksCaller(term, security) && truthWithoutClaims(term, security) === true,
      )
      if (open === undefined) continue
      yield {
        object: policy.object,
        message: `${users.map(quoteIdentifier).join(', ')} passes ${policy.object} by having no claim.`,
        evidence: `${policy.policy.using?.text ?? policy.policy.check?.text} is true where the claims are NULL.`,
        fix: null,
      }
    }
  },
}
