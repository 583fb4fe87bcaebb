import type { Lint } from '../../lint.js'
import { verbs } from '../../policies/policies-of.js'
import { recursionOf } from '../policies/recursion.js'

export const lint: Lint = {
  id: 'N45',
  severity: 'error',
  title: 'Policies of several tables read each other in a circle',
  nearMiss: 'A policy that reads another table, whose policies do not read back.',
  references: ['CWE-674'],
  *find(context) {
    const { policies, roles } = context
    const found = new Set<string>()
    for (const policy of policies.all) {
      if (found.has(policy.key)) continue
      const chain = roles
        .flatMap((role) =>
          verbs.map((verb) =>
            policies.holds(role, policy.key, verb) ? recursionOf(policy, role, verb, context) : undefined,
          ),
        )
        .find((each) => each !== undefined && each.length > 1)
      if (chain === undefined) continue
      for (const table of chain) found.add(table)
      yield {
        object: policy.key,
        message: `Statements on ${policy.key} fail: the policies come back to it (42P17).`,
        evidence: [policy.key, ...chain].join(' → '),
        fix: null,
      }
    }
  },
}
