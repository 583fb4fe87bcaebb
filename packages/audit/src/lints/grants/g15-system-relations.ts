import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** Catalogs such as pg_authid are closed to all but superusers, unless somebody granted them. */
export const lint: Lint = {
  id: 'G15',
  severity: 'critical',
  title: 'A request can read password hashes or hidden data',
  nearMiss: 'pg_roles, which shows no hashes.',
  references: ['CWE-522', 'CWE-200'],
  *find({ security, roles }) {
    for (const { role, relations } of security.systemAccess) {
      const read = relations.filter((key) => !key.includes('pg_stat_statements'))
      if (read.length === 0 || !roles.includes(role)) continue
      yield {
        object: read.join(', '),
        role,
        message: `A request of ${quoteIdentifier(role)} can read ${read.join(', ')}.`,
        evidence: `${quoteIdentifier(role)} holds SELECT on ${read.join(', ')}, of its own, by a role or by PUBLIC.`,
        fix: read.map((key) => `REVOKE ALL ON ${key} FROM ${quoteIdentifier(role)}, PUBLIC;`).join(' '),
        narrows: true,
      }
    }
  },
}
