import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** Without SELECT on any column, an UPDATE or DELETE can have no filter: it reaches every row. */
export const lint: Lint = {
  id: 'G10',
  severity: 'warning',
  title: 'Rows may be changed but not found',
  nearMiss: 'UPDATE with SELECT on the key.',
  references: ['CWE-284'],
  *find({ roles, surface }) {
    for (const role of roles) {
      for (const relation of surface(role).relations) {
        const verbs = [
          ...(relation.update.length > 0 && !relation.filtered.update ? ['UPDATE'] : []),
          ...(relation.delete && !relation.filtered.delete ? ['DELETE'] : []),
        ]
        if (verbs.length === 0 || relation.filter.length > 0) continue
        const key = qualifiedName(relation.schema, relation.name)
        yield {
          object: key,
          role,
          message: `${quoteIdentifier(role)} may ${verbs.join(' and ')} on ${key} only for all rows at once.`,
          evidence: `${quoteIdentifier(role)} holds SELECT on no column of ${key}.`,
          fix: `REVOKE ${verbs.join(', ')} ON ${key} FROM ${quoteIdentifier(role)};`,
          narrows: true,
        }
      }
    }
  },
}
