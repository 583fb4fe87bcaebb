import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { comparisonsWithCaller } from '../../policies/callers.js'
import { bare, disjuncts } from '../../policies/terms.js'

/** Rows without an owner are nobody’s; where the policy admits NULL, they are everybody’s. One finding a column. */
export const lint: Lint = {
  id: 'N20',
  severity: 'warning',
  title: 'A column that says whose a row is may be NULL',
  nearMiss: 'The same column NOT NULL.',
  references: ['CWE-863'],
  *find({ policies, security }) {
    const found = new Set<string>()
    for (const policy of policies.all) {
      if (policies.users(policy).length === 0) continue
      for (const term of [policy.using, policy.check]) {
        for (const { column } of comparisonsWithCaller(term, security)) {
          const own = policy.relation.columns.find(({ name }) => name === column)
          const object = `${policy.key}.${quoteIdentifier(column)}`
          if (own === undefined || own.notNull || found.has(object)) continue
          const isOpen =
            term !== null &&
            disjuncts(term).some((part) => {
              if (part.kind !== 'other' || part.name !== 'is null' || part.parts[0] === undefined) return false
              const tested = bare(part.parts[0])
              return tested.kind === 'column' && tested.of === null && tested.column === column
            })
          found.add(object)
          yield {
            object,
            severity: isOpen ? 'error' : 'warning',
            message: isOpen ? `Rows without ${object} are everybody's.` : `Rows without ${object} are nobody's.`,
            evidence: `${policy.object} compares it with the caller, and it may be NULL.`,
            fix: `ALTER TABLE ${policy.key} ALTER COLUMN ${quoteIdentifier(column)} SET NOT NULL;`,
          }
        }
      }
    }
  },
}
