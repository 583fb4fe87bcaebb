import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import { privilegesOf } from '../../acl.js'
import type { Lint } from '../../lint.js'

/** The same role, or PUBLIC, holds the privilege on the whole table: the columns left out are open. */
export const lint: Lint = {
  id: 'G02',
  severity: 'warning',
  title: 'A grant on columns is without effect',
  nearMiss: 'Column grants of SELECT beside a table grant of INSERT.',
  references: ['CWE-732'],
  *find({ exposedRelations }) {
    for (const relation of exposedRelations) {
      const key = qualifiedName(relation.schema, relation.name)
      const grantees = new Set(relation.columns.flatMap(({ acl }) => (acl ?? []).map(({ grantee }) => grantee)))
      for (const grantee of grantees) {
        const isWhole = (other: string | null) => other === null || other === grantee
        const whole = privilegesOf(relation.acl, isWhole)
        const shadowed = [
          ...new Set(
            relation.columns
              .flatMap(({ acl }) => privilegesOf(acl, (other) => other === grantee))
              .filter((privilege) => whole.includes(privilege)),
          ),
        ].sort()
        if (shadowed.length === 0 || grantee === relation.owner) continue
        const name = grantee === null ? 'PUBLIC' : quoteIdentifier(grantee)
        const named = relation.columns
          .filter(({ acl }) => shadowed.some((one) => privilegesOf(acl, (other) => other === grantee).includes(one)))
          .map((column) => quoteIdentifier(column.name))
        yield {
          object: key,
          ...(grantee !== null && { role: grantee }),
          message: `The grant of ${shadowed.join(', ')} on some columns of ${key} holds nothing back from ${name}.`,
          evidence: `${name} or PUBLIC holds ${shadowed.join(', ')} on all of ${key}, besides columns ${named.join(', ')}.`,
          fix: `REVOKE ${shadowed.join(', ')} ON ${key} FROM ${name}; GRANT ${shadowed.map((one) => `${one} (${named.join(', ')})`).join(', ')} ON ${key} TO ${name};`,
          narrows: true,
        }
      }
    }
  },
}
