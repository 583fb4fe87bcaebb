import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** A role that requests run as needs no login; with one, and a password, it is a way around the API. */
export const lint: Lint = {
  id: 'R10',
  severity: 'warning',
  title: 'An API role can log in',
  nearMiss: 'The authenticator, which must log in.',
  references: ['CWE-284'],
  *find({ roles, index, authenticator }) {
    for (const name of roles) {
      if (index.roles.get(name)?.canLogin !== true || name === authenticator?.name) continue
      const role = quoteIdentifier(name)
      yield {
        object: role,
        role: name,
        message: `${role} can log in to the database itself, around the API.`,
        evidence: `pg_roles.rolcanlogin of ${role} is true.`,
        fix: `ALTER ROLE ${role} NOLOGIN;`,
        narrows: true,
      }
    }
  },
}
