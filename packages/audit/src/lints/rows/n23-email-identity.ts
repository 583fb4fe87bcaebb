import type { Lint } from '../../lint.js'
import { claimOf, comparisonsWithCaller } from '../../policies/callers.js'

export const lint: Lint = {
  id: 'N23',
  severity: 'warning',
  title: 'Rows are found by the caller’s e-mail address',
  nearMiss: 'The sub claim, which never passes to somebody else.',
  references: ['CWE-290'],
  *find({ policies, security }) {
    for (const policy of policies.all) {
      const found = [policy.using, policy.check]
        .flatMap((term) => comparisonsWithCaller(term, security))
        .find(({ value }) => claimOf(value, security)?.path.at(-1) === 'email')
      if (found === undefined) continue
      yield {
        object: policy.object,
        message: `Whoever takes over an address takes over the rows of ${policy.object}.`,
        evidence: policy.policy.using?.text ?? policy.policy.check?.text ?? '',
        fix: null,
      }
    }
  },
}
