import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import { grantableOf } from '../../acl.js'
import type { Lint } from '../../lint.js'

/** WITH GRANT OPTION lets a request open the relation to others. */
export const lint: Lint = {
  id: 'G06',
  severity: 'warning',
  title: 'An API role may grant on what it holds',
  nearMiss: 'Grant option of the owner.',
  references: ['CWE-269'],
  *find({ roles, exposedRelations, hasRole }) {
    for (const relation of exposedRelations) {
      const key = qualifiedName(relation.schema, relation.name)
      for (const role of roles) {
        if (hasRole(role, relation.owner)) continue
        const held = grantableOf(relation.acl, (grantee) => grantee === role)
        if (held.length === 0) continue
        yield {
          object: key,
          role,
          message: `A request of ${quoteIdentifier(role)} may grant ${held.join(', ')} on ${key} to others.`,
          evidence: `${quoteIdentifier(role)} holds ${held.join(', ')} WITH GRANT OPTION.`,
          fix: `REVOKE GRANT OPTION FOR ${held.join(', ')} ON ${key} FROM ${quoteIdentifier(role)};`,
          narrows: true,
        }
      }
    }
  },
}
