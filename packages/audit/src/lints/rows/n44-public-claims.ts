import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { asksCaller } from '../../policies/callers.js'
import { covers, verbs } from '../../policies/policies-of.js'

export const lint: Lint = {
  id: 'N44',
  severity: 'information',
  title: 'A policy for PUBLIC compares a claim that callers without a token have not',
  nearMiss: 'The same policy for the role of those who have one.',
  references: ['CWE-1164'],
  *find({ policies, anonymous, security }) {
    if (anonymous === null) return
    const found = policies.all.filter(
      (policy) =>
        policy.policy.roles === null &&
        policy.policy.permissive &&
        policies.users(policy).includes(anonymous) &&
        verbs.some((verb) => covers(policy, verb) && policies.holds(anonymous, policy.key, verb)) &&
        asksCaller(policy.using ?? policy.check, security),
    )
    const byRelation = new Map<string, string[]>()
    for (const { key, object } of found) byRelation.set(key, [...(byRelation.get(key) ?? []), object])
    for (const [key, named] of byRelation) {
      yield {
        object: named.length === 1 ? (named[0] ?? key) : key,
        role: anonymous,
        message: `${quoteIdentifier(anonymous)} is offered ${key}, where its policies can never be true for it.`,
        evidence: `${named.join('; ')}: for PUBLIC, and about the caller.`,
        fix: null,
      }
    }
  },
}
