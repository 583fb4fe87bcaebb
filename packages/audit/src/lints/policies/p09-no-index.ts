import { quoteIdentifier, type Security, type Term } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { comparisonsWithCaller } from '../../policies/callers.js'
import { conjuncts } from '../../policies/terms.js'

export const lint: Lint = {
  id: 'P09',
  severity: 'warning',
  title: 'A column that a policy compares with the caller has no index',
  nearMiss:
    'A column that leads the primary key; one beside another that an index begins with; one that is given to a function.',
  references: ['CWE-405'],
  *find({ policies, security }) {
    const found = new Map<string, { key: string; column: string; policies: string[] }>()
    for (const policy of policies.all) {
      if (!policy.policy.permissive || policies.users(policy).length === 0) continue
      const compared = indexable(policy.using, security)
      const { indexes } = policy.relation
      // an index on one of the columns that are joined by AND is enough
      if (indexes.some(({ valid, columns: [first] }) => valid && first != null && compared.includes(first))) continue
      for (const column of compared) {
        const id = `${policy.key}.${quoteIdentifier(column)}`
        const known = found.get(id) ?? { key: policy.key, column, policies: [] }
        known.policies.push(policy.object)
        found.set(id, known)
      }
    }
    for (const [object, { key, column, policies: named }] of found) {
      yield {
        object,
        message: `Every query of ${key} reads the whole table to find the caller's rows.`,
        evidence: `${named.join('; ')} compares ${object}, and no index begins with it.`,
        fix: `CREATE INDEX ON ${key} (${quoteIdentifier(column)});`,
      }
    }
  },
}

/** Columns that must equal a value of the caller: an index finds such rows. Beneath OR it would not. */
function indexable(term: Term | null, security: Security): readonly string[] {
  const columns = conjuncts(term)
    .filter((part) => part.kind === 'operator' && part.name === '=')
    .flatMap((part) => comparisonsWithCaller(part, security))
    .filter(({ value }) => value.kind !== 'column')
    .map(({ column }) => column)
  return [...new Set(columns)]
}
