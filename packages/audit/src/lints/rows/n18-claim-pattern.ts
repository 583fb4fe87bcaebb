import type { Lint } from '../../lint.js'
import { asksCaller, claimOf } from '../../policies/callers.js'
import { bare, termsIn } from '../../policies/terms.js'

export const lint: Lint = {
  id: 'N18',
  severity: 'error',
  title: 'A claim is used as a pattern, or searched as text',
  nearMiss: 'A pattern that is a constant, over a column.',
  references: ['CWE-625', 'CWE-185'],
  *find({ policies, security }) {
    for (const policy of policies.all) {
      const part = [policy.using, policy.check]
        .flatMap((term) => [...termsIn(term)])
        .find((each) => {
          if (each.kind !== 'operator' || !patterns.has(each.name)) return false
          const [text, pattern] = each.parts
          if (text === undefined || pattern === undefined) return false
          return (
            asksCaller(pattern, security) ||
            (bare(pattern).kind === 'constant' && claimOf(text, security) !== undefined)
          )
        })
      if (part === undefined) continue
      yield {
        object: policy.object,
        message: `A claim with a wildcard, or with the word within another, passes ${policy.object}.`,
        evidence: policy.policy.using?.text ?? policy.policy.check?.text ?? '',
        fix: null,
      }
    }
  },
}

const patterns: ReadonlySet<string> = new Set(['~~', '~~*', '~', '~*'])
