import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { relationsIn } from '../../policies/terms.js'

/** One finding a table that policies read. */
export const lint: Lint = {
  id: 'N07',
  severity: 'error',
  title: 'A policy goes by a table that callers may write without any policy',
  nearMiss: 'The same table, which callers may only read.',
  references: ['CWE-269', 'CWE-807'],
  *find({ policies, index, hasRole }) {
    const found = new Set<string>()
    for (const policy of policies.all) {
      for (const table of [policy.using, policy.check].flatMap(relationsIn)) {
        const relation = index.relations.get(table)
        if (relation === undefined || relation.rowSecurity.enabled || found.has(table)) continue
        const writers = policies
          .users(policy)
          .filter(
            (role) => !hasRole(role, relation.owner) && policies.held(role, table).some((verb) => verb !== 'select'),
          )
        if (writers.length === 0) continue
        found.add(table)
        yield {
          object: table,
          message: `${writers.map(quoteIdentifier).join(', ')} may write what ${policy.object} goes by.`,
          evidence: `The policy reads ${table}, whose row-level security is off.`,
          fix: `ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;`,
          narrows: true,
        }
      }
    }
  },
}
