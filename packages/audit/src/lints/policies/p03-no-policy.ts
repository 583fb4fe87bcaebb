import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

export const lint: Lint = {
  id: 'P03',
  severity: 'warning',
  title: 'Row-level security is on, no policy is there, and privileges were granted',
  nearMiss: 'The same table without grants: closed on purpose.',
  references: ['CWE-1164', 'splinter 0008'],
  *find({ exposedRelations, roles, policies }) {
    for (const relation of exposedRelations) {
      const key = qualifiedName(relation.schema, relation.name)
      if (!relation.rowSecurity.enabled || relation.policies.length > 0) continue
      const shut = roles.filter((role) => policies.held(role, key).length > 0 && policies.isUnder(relation, role))
      if (shut.length === 0) continue
      yield {
        object: key,
        message: `${shut.map(quoteIdentifier).join(', ')} may use ${key}, but never sees or writes a row of it.`,
        evidence: 'Row-level security is on, and there is no policy.',
        fix: `REVOKE ALL ON ${key} FROM ${shut.map(quoteIdentifier).join(', ')};`,
        narrows: true,
      }
    }
  },
}
