import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** One finding a role and owner: its policies do not hold it, and it may change the table itself. */
export const lint: Lint = {
  id: 'R08',
  severity: 'error',
  title: 'An API role has the rights of a table’s owner',
  nearMiss: 'An owner that no API role is, or is a member of.',
  references: ['CWE-250', 'CWE-863'],
  *find({ catalog, roles, hasRole, schemas }) {
    for (const role of roles) {
      const byOwner = new Map<string, string[]>()
      for (const { schema, name, owner, policies, extension } of catalog.relations) {
        if (extension !== null || !hasRole(role, owner) || (policies.length === 0 && !schemas.includes(schema)))
          continue
        byOwner.set(owner, [...(byOwner.get(owner) ?? []), qualifiedName(schema, name)])
      }
      for (const [owner, owned] of byOwner) {
        yield {
          object: owned.length === 1 ? (owned[0] ?? '') : quoteIdentifier(owner),
          role,
          message: `${quoteIdentifier(role)} may do whatever an owner may with ${owned.length === 1 ? owned[0] : `${owned.length} relations`}.`,
          evidence: `${quoteIdentifier(owner)} owns ${owned.join(', ')}.`,
          fix: role === owner ? null : `REVOKE ${quoteIdentifier(owner)} FROM ${quoteIdentifier(role)};`,
          narrows: true,
        }
      }
    }
  },
}
