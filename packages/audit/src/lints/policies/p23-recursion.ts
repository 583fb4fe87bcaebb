import type { Lint } from '../../lint.js'
import { verbs } from '../../policies/policies-of.js'
import { recursionOf } from './recursion.js'

export const lint: Lint = {
  id: 'P23',
  severity: 'error',
  title: 'A policy reads its own table, which PostgreSQL refuses',
  nearMiss: 'The same by way of a SECURITY DEFINER function.',
  references: ['CWE-674'],
  *find(context) {
    const { policies, roles } = context
    const found = new Set<string>()
    for (const policy of policies.all) {
      if (found.has(policy.key)) continue
      const role = roles.find((name) =>
        verbs.some(
          (verb) => policies.holds(name, policy.key, verb) && recursionOf(policy, name, verb, context)?.length === 1,
        ),
      )
      if (role === undefined) continue
      found.add(policy.key)
      yield {
        object: policy.key,
        message: `Statements on ${policy.key} fail: its policies read it themselves (42P17).`,
        evidence: policies
          .on(policy.key)
          .filter(({ policy: each }) =>
            [each.using, each.check].some((expression) =>
              expression?.uses.reads.some(({ relation }) => relation === policy.key),
            ),
          )
          .map(({ object }) => object)
          .join('; '),
        fix: null,
      }
    }
  },
}
