import type { Lint } from '../../lint.js'
import { claimsIn } from '../../policies/callers.js'
import { termsIn } from '../../policies/terms.js'
import { userClaims } from '../../user-claims.js'

export const lint: Lint = {
  id: 'P12',
  severity: 'error',
  title: 'A policy trusts a claim that users write themselves',
  nearMiss: 'app_metadata, which only the server writes.',
  references: ['CWE-639', 'CWE-807', 'splinter 0015'],
  *find({ policies, security }) {
    for (const policy of policies.all) {
      const terms = [policy.using, policy.check]
      const claim = terms
        .flatMap((term) => claimsIn(term, security))
        .find(({ path }) => path.some((key) => userClaims.has(key)))
      const column = terms
        .flatMap((term) => [...termsIn(term)])
        .find((part) => part.kind === 'column' && part.column !== null && userClaims.has(part.column))
      const named = claim?.path.join('.') ?? (column?.kind === 'column' ? column.column : undefined)
      if (named === undefined || named === null) continue
      yield {
        object: policy.object,
        message: `Users choose what ${policy.object} lets them do, by ${named}.`,
        evidence: policy.policy.using?.text ?? policy.policy.check?.text ?? '',
        fix: null,
      }
    }
  },
}
