import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** ADMIN OPTION or CREATEROLE lets a request make itself, or others, members of roles. */
export const lint: Lint = {
  id: 'R18',
  severity: 'error',
  title: 'An API role can give memberships away',
  nearMiss: 'ADMIN OPTION of a role that no request can run as.',
  references: ['CWE-269'],
  *find({ roles, index }) {
    for (const name of roles) {
      const known = index.roles.get(name)
      if (known === undefined || known.superuser) continue
      const administered = known.memberOf.filter(({ admin }) => admin).map(({ role }) => quoteIdentifier(role))
      if (administered.length === 0 && !known.createRole) continue
      const role = quoteIdentifier(name)
      yield {
        object: role,
        role: name,
        message: `A request of ${role} can make members of roles.`,
        evidence: known.createRole
          ? `${role} has CREATEROLE.`
          : `${role} has ADMIN OPTION on ${administered.join(', ')}.`,
        fix: [
          ...(known.createRole ? [`ALTER ROLE ${role} NOCREATEROLE;`] : []),
          ...administered.map((other) => `REVOKE ADMIN OPTION FOR ${other} FROM ${role};`),
        ].join(' '),
        narrows: true,
      }
    }
  },
}
