import { qualifiedName } from '@rolecast/catalog'
import { publicPrivileges } from '../../acl.js'
import type { Lint } from '../../lint.js'

/** A relation of the API is open to PUBLIC, and so to every role there is and will be, anon included. */
export const lint: Lint = {
  id: 'G01',
  severity: 'error',
  title: 'A relation is granted to PUBLIC',
  nearMiss: 'The same grant on a relation outside of the exposed schemas.',
  references: ['CWE-732', 'CWE-284'],
  *find({ exposedRelations }) {
    for (const relation of exposedRelations) {
      const key = qualifiedName(relation.schema, relation.name)
      const granted = publicPrivileges(relation.acl)
      const columns = relation.columns.flatMap(({ name, acl }) => (publicPrivileges(acl).length > 0 ? [name] : []))
      if (granted.length === 0 && columns.length === 0) continue
      const what = granted.length > 0 ? granted.join(', ') : `columns ${columns.join(', ')}`
      yield {
        object: key,
        message: `Every role may use ${key}, those of today and those that are made later.`,
        evidence: `PUBLIC holds ${what} on ${key}.`,
        fix: `REVOKE ALL ON ${key} FROM PUBLIC;`,
        narrows: true,
      }
    }
  },
}
