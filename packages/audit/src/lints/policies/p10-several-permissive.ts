import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { verbs } from '../../policies/policies-of.js'
import { isSame } from '../../policies/terms.js'

/** All of them are evaluated for each row, and any one admits it: more than two are hard to read as one rule. */
const readable = 2

export const lint: Lint = {
  id: 'P10',
  severity: 'warning',
  title: 'Several permissive policies decide the same of one role',
  nearMiss: 'Two policies, of which one adds to what the other admits.',
  references: ['CWE-1121', 'splinter 0006'],
  *find({ catalog, roles, policies }) {
    for (const relation of catalog.relations) {
      const key = qualifiedName(relation.schema, relation.name)
      if (policies.on(key).length < 2) continue
      const crowded = roles.flatMap((role) => {
        if (!policies.isUnder(relation, role)) return []
        return verbs.flatMap((verb) => {
          const deciding = policies.holds(role, key, verb) ? policies.permissive(key, role, verb) : []
          const [first, second] = deciding
          const isDouble = deciding.length === 2 && isSame(first?.using ?? null, second?.using ?? null)
          return deciding.length > readable || isDouble ? [{ role, verb, deciding }] : []
        })
      })
      const [first] = crowded
      if (first === undefined) continue
      yield {
        object: key,
        message: `${first.deciding.length} permissive policies decide on ${first.verb.toUpperCase()} of ${quoteIdentifier(first.role)} on ${key}.`,
        evidence: first.deciding.map(({ object }) => object).join('; '),
        fix: null,
      }
    }
  },
}
