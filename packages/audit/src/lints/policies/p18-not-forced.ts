import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** One finding an owner. */
export const lint: Lint = {
  id: 'P18',
  severity: 'warning',
  title: 'A role that logs in owns tables whose policies do not hold it',
  nearMiss: 'An owner that nobody logs in as; a superuser, whom FORCE does not hold.',
  references: ['CWE-863'],
  *find({ catalog, index }) {
    const byOwner = new Map<string, string[]>()
    for (const relation of catalog.relations) {
      const { rowSecurity, policies, owner, extension } = relation
      if (!rowSecurity.enabled || rowSecurity.forced || policies.length === 0 || extension !== null) continue
      const role = index.roles.get(owner)
      if (role === undefined || !role.canLogin || role.superuser || role.bypassRowSecurity) continue
      byOwner.set(owner, [...(byOwner.get(owner) ?? []), qualifiedName(relation.schema, relation.name)])
    }
    for (const [owner, tables] of byOwner) {
      yield {
        object: tables.length === 1 ? (tables[0] ?? '') : quoteIdentifier(owner),
        message: `What logs in as ${quoteIdentifier(owner)} passes the policies of ${tables.length === 1 ? tables[0] : `${tables.length} tables`}.`,
        evidence: `${quoteIdentifier(owner)} owns ${tables.join(', ')}, and row-level security is not forced.`,
        fix: tables.map((key) => `ALTER TABLE ${key} FORCE ROW LEVEL SECURITY;`).join(' '),
        narrows: true,
      }
    }
  },
}
