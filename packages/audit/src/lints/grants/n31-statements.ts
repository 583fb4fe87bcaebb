import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** pg_stat_statements shows texts of other roles’ queries to those who may read it. */
export const lint: Lint = {
  id: 'N31',
  severity: 'warning',
  title: 'A request can read the statements of others',
  nearMiss: 'The extension without the grant.',
  references: ['CWE-200'],
  *find({ security, roles }) {
    for (const { role, relations } of security.systemAccess) {
      const read = relations.filter((key) => key.includes('pg_stat_statements'))
      if (read.length === 0 || !roles.includes(role)) continue
      yield {
        object: read.join(', '),
        role,
        message: `A request of ${quoteIdentifier(role)} can read ${read.join(', ')}.`,
        evidence: `${quoteIdentifier(role)} holds SELECT on ${read.join(', ')}; the extension grants it to PUBLIC.`,
        fix: read.map((key) => `REVOKE ALL ON ${key} FROM PUBLIC;`).join(' '),
        narrows: true,
      }
    }
  },
}
