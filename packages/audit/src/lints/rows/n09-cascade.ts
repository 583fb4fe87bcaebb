import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** PostgreSQL's own key triggers act as the child's owner: no grant and no policy of the child is asked. */
export const lint: Lint = {
  id: 'N09',
  severity: 'error',
  title: 'Deleting a row deletes or changes rows of a table that the role has no right to',
  nearMiss: 'A child table that the role may use itself.',
  references: ['CWE-863'],
  *find({ exposedRelations, roles, policies, index, hasRole }) {
    for (const parent of exposedRelations) {
      const key = qualifiedName(parent.schema, parent.name)
      for (const role of roles) {
        if (!policies.holds(role, key, 'delete') || hasRole(role, parent.owner)) continue
        if (policies.isUnder(parent, role) && policies.permissive(key, role, 'delete').length === 0) continue
        const hidden = (index.referencing.get(key) ?? []).filter(({ relation, constraint }) => {
          const child = qualifiedName(relation.schema, relation.name)
          const action = constraint.enforcement?.onDelete
          const acts = action === 'cascade' || action === 'set null' || action === 'set default'
          return acts && child !== key && policies.held(role, child).length === 0
        })
        if (hidden.length === 0) continue
        const named = hidden.map(({ relation }) => qualifiedName(relation.schema, relation.name)).join(', ')
        yield {
          object: key,
          role,
          message: `${quoteIdentifier(role)} may delete from ${key}, and with it changes ${named}, which it has no right to.`,
          evidence: hidden
            .map(
              ({ constraint }) =>
                `${quoteIdentifier(constraint.name)}: ON DELETE ${constraint.enforcement?.onDelete.toUpperCase()}`,
            )
            .join('; '),
          fix: null,
        }
      }
    }
  },
}
