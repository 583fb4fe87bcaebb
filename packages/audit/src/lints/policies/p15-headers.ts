import type { Lint } from '../../lint.js'
import { settingsIn } from '../../policies/callers.js'

export const lint: Lint = {
  id: 'P15',
  severity: 'error',
  title: 'A policy trusts headers or cookies, which callers choose',
  nearMiss: 'request.method, which the server knows.',
  references: ['CWE-290', 'CWE-807'],
  *find({ policies, security }) {
    for (const policy of policies.all) {
      const read = [policy.using, policy.check]
        .flatMap((term) => settingsIn(term, security))
        .filter((name) => /^request\.(headers?|cookies?)(\.|$)/.test(name))
      if (read.length === 0) continue
      yield {
        object: policy.object,
        message: `Callers pass ${policy.object} by sending a header or cookie.`,
        evidence: `It reads ${[...new Set(read)].join(', ')}.`,
        fix: null,
      }
    }
  },
}
