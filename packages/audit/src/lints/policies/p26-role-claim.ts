import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { claimOf } from '../../policies/callers.js'
import { bare, termsIn } from '../../policies/terms.js'

export const lint: Lint = {
  id: 'P26',
  severity: 'warning',
  title: 'A policy compares the role claim with what is no role of the API',
  nearMiss: 'A role that the server can become; another claim than role.',
  references: ['CWE-1164'],
  *find({ policies, security, roles, anonymous }) {
    for (const policy of policies.all) {
      const wrong = [policy.using, policy.check]
        .flatMap((term) => [...termsIn(term)])
        .flatMap((part) => {
          if (part.kind !== 'operator' || part.name !== '=' || part.parts.length !== 2) return []
          const isRole = part.parts.some((side) => claimOf(side, security)?.path.join('.') === 'role')
          const values = part.parts.map(bare).flatMap((side) => (side.kind === 'constant' ? (side.value ?? []) : []))
          return isRole ? values.filter((value) => !roles.includes(value) && value !== anonymous) : []
        })
      if (wrong.length === 0) continue
      yield {
        object: policy.object,
        message: `A token of the role ${quoteIdentifier(wrong[0] ?? '')} is refused before ${policy.object} is asked.`,
        evidence: `The role claim is the database role; the API has ${roles.map(quoteIdentifier).join(', ')}.`,
        fix: null,
      }
    }
  },
}
