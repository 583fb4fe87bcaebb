import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** One finding a role. */
export const lint: Lint = {
  id: 'G18',
  severity: 'information',
  title: 'Two tables can be read, but not the key that joins them',
  nearMiss: 'A key whose columns are granted on both sides.',
  references: ['CWE-1164'],
  *find({ exposedRelations, roles, policies, index }) {
    for (const role of roles) {
      const hidden = exposedRelations.flatMap((relation) => {
        const key = qualifiedName(relation.schema, relation.name)
        if (!policies.holds(role, key, 'select')) return []
        return relation.constraints.flatMap(({ kind, columns, references }) => {
          if (kind !== 'foreign key' || references === null || !index.relations.has(references.relation)) return []
          if (!policies.holds(role, references.relation, 'select')) return []
          const missing = [
            ...columns
              .filter((name) => !policies.holdsColumn(role, key, 'select', name))
              .map((name) => `${key}.${quoteIdentifier(name)}`),
            ...references.columns
              .filter((name) => !policies.holdsColumn(role, references.relation, 'select', name))
              .map((name) => `${references.relation}.${quoteIdentifier(name)}`),
          ]
          return missing
        })
      })
      const [first] = hidden
      if (first === undefined) continue
      yield {
        object: hidden.length === 1 ? first : quoteIdentifier(role),
        role,
        message: `${quoteIdentifier(role)} cannot embed along ${[...new Set(hidden)].join(', ')}.`,
        evidence: 'A foreign key needs SELECT on its columns on both sides.',
        fix: null,
      }
    }
  },
}
