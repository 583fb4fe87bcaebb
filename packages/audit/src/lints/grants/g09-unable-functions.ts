import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import type { Verb } from '../../policies/policies-of.js'

/**
 * Of a CHECK, a generated column or an index: their functions are executed by whoever writes. Of a default: by whoever inserts
 * a row without that column.
 */
export const lint: Lint = {
  id: 'G09',
  severity: 'warning',
  title: 'A write needs a function that the role may not execute',
  nearMiss: 'The same function for a column that the role gives itself.',
  references: ['CWE-1164'],
  *find({ exposedRelations, roles, policies, index, hasRole }) {
    for (const relation of exposedRelations) {
      const key = qualifiedName(relation.schema, relation.name)
      if (relation.kind !== 'table' && relation.kind !== 'partitioned table') continue
      const needed = [
        ...relation.constraints.flatMap(({ kind, functions }) => (kind === 'check' ? functions : [])),
        ...relation.indexes.flatMap(({ uses }) => uses.functions),
        ...relation.columns.flatMap(({ generated, defaultUses }) =>
          generated === 'stored' ? defaultUses.functions : [],
        ),
      ]
      for (const role of roles) {
        const written = (['insert', 'update'] as const satisfies readonly Verb[]).filter((verb) =>
          policies.holds(role, key, verb),
        )
        const routines = index.privileges.get(role)?.routines ?? []
        const defaults = relation.columns
          .filter(({ name, generated }) => generated === null && !policies.holdsColumn(role, key, 'insert', name))
          .flatMap(({ defaultUses }) => (written.includes('insert') ? defaultUses.functions : []))
        const lacking = [...new Set([...needed, ...defaults])].filter((signature) => !routines.includes(signature))
        if (written.length === 0 || lacking.length === 0 || hasRole(role, relation.owner)) continue
        const named = lacking.join(', ')
        const refused = lacking.some((signature) => needed.includes(signature)) ? written : ['insert']
        yield {
          object: key,
          role,
          message: `${refused.join(' and ')} of ${quoteIdentifier(role)} on ${key} is refused, for it may not execute ${named}.`,
          evidence: `A CHECK, a default, a generated column or an index of ${key} calls ${named}.`,
          fix: `GRANT EXECUTE ON FUNCTION ${named} TO ${quoteIdentifier(role)};`,
        }
      }
    }
  },
}
