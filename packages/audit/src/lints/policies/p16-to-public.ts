import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { asksCaller } from '../../policies/callers.js'
import { covers, verbs } from '../../policies/policies-of.js'

/** One finding a schema. Where callers without a token hold the privilege, it counts for them as well. */
export const lint: Lint = {
  id: 'P16',
  severity: 'warning',
  title: 'A policy is for PUBLIC: every role that there is, and will be',
  nearMiss: 'A restrictive policy for PUBLIC; one that compares a claim (N44).',
  references: ['CWE-732'],
  *find({ policies, anonymous, security }) {
    const bySchema = new Map<string, { named: string[]; isAnybody: boolean; roles: Set<string> }>()
    for (const policy of policies.all) {
      const users = policies.users(policy)
      if (policy.policy.roles !== null || !policy.policy.permissive || users.length === 0) continue
      const isAnybody =
        anonymous !== null &&
        users.includes(anonymous) &&
        verbs.some((verb) => covers(policy, verb) && policies.holds(anonymous, policy.key, verb))
      if (isAnybody && asksCaller(policy.using ?? policy.check, security)) continue
      const known = bySchema.get(policy.relation.schema) ?? { named: [], isAnybody: false, roles: new Set() }
      known.named.push(policy.object)
      known.isAnybody ||= isAnybody
      for (const role of users) known.roles.add(role)
      bySchema.set(policy.relation.schema, known)
    }
    for (const [schema, { named, isAnybody, roles }] of bySchema) {
      const [first = ''] = named
      const to = [...roles].map(quoteIdentifier).join(', ')
      yield {
        object: named.length === 1 ? first : quoteIdentifier(schema),
        severity: isAnybody ? 'warning' : 'information',
        message: `${named.length === 1 ? first : `${named.length} policies of ${quoteIdentifier(schema)}`} hold for every role.`,
        evidence: `Without TO: ${named.join('; ')}.`,
        fix: named.map((object) => `ALTER POLICY ${object} TO ${to};`).join(' '),
        narrows: true,
      }
    }
  },
}
