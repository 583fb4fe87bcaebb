import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { claimOf } from '../../policies/callers.js'
import { bare, termsIn } from '../../policies/terms.js'

export const lint: Lint = {
  id: 'N19',
  severity: 'warning',
  title: 'A policy names a person by a literal',
  nearMiss: 'A literal that names a role.',
  references: ['CWE-798'],
  *find({ policies, security, index }) {
    for (const policy of policies.all) {
      const literal = [policy.using, policy.check]
        .flatMap((term) => [...termsIn(term)])
        .flatMap((part) => {
          if (part.kind !== 'operator' || part.name !== '=' || part.parts.length !== 2) return []
          const isPerson = part.parts.some((side) => persons.has(claimOf(side, security)?.path.join('.') ?? ''))
          const values = part.parts.map(bare).flatMap((side) => (side.kind === 'constant' ? (side.value ?? []) : []))
          return isPerson ? values.filter((value) => !index.roles.has(value)) : []
        })[0]
      if (literal === undefined) continue
      yield {
        object: policy.object,
        message: `${policy.object} holds for one person by name, who cannot be changed without a migration.`,
        evidence: policy.policy.using?.text ?? policy.policy.check?.text ?? quoteIdentifier(literal),
        fix: null,
      }
    }
  },
}

/** Claims that say who somebody is. */
const persons: ReadonlySet<string> = new Set(['sub', 'email', 'user_id', 'uid', 'username'])
