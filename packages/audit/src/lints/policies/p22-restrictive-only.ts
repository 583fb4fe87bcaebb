import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

export const lint: Lint = {
  id: 'P22',
  severity: 'warning',
  title: 'Only restrictive policies are for a role, which admit nothing',
  nearMiss: 'The same beside a permissive policy.',
  references: ['CWE-1164'],
  *find({ catalog, roles, policies }) {
    for (const relation of catalog.relations) {
      const key = qualifiedName(relation.schema, relation.name)
      for (const role of roles) {
        if (!policies.isUnder(relation, role)) continue
        const shut = policies
          .held(role, key)
          .filter(
            (verb) =>
              policies.applying(key, role, verb).length > 0 && policies.permissive(key, role, verb).length === 0,
          )
        if (shut.length === 0) continue
        const named = shut.map((verb) => verb.toUpperCase()).join(', ')
        yield {
          object: key,
          role,
          message: `${quoteIdentifier(role)} holds ${named} on ${key}, and sees and writes no row.`,
          evidence: `All policies for it are RESTRICTIVE: ${policies
            .on(key)
            .map(({ object }) => object)
            .join('; ')}.`,
          fix: null,
        }
      }
    }
  },
}
