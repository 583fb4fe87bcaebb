import { quoteIdentifier } from '@rolecast/catalog'
import { privilegesOf } from '../../acl.js'
import type { Lint } from '../../lint.js'

/** session_replication_role, for example, turns triggers and foreign keys off. */
export const lint: Lint = {
  id: 'R22',
  severity: 'error',
  title: 'An API role may set parameters of superusers',
  nearMiss: 'A parameter that every role may set.',
  references: ['CWE-269'],
  *find({ roles, security, hasRole }) {
    for (const { parameter, acl } of security.parameterAcls) {
      for (const name of roles) {
        const held = privilegesOf(acl, (grantee) => grantee === null || hasRole(name, grantee))
        if (held.length === 0) continue
        const role = quoteIdentifier(name)
        yield {
          object: parameter,
          role: name,
          message: `A request of ${role} may set ${parameter}, which is for superusers.`,
          evidence: `${role} holds ${held.join(', ')} on the parameter ${parameter}.`,
          fix: `REVOKE ALL ON PARAMETER ${parameter} FROM ${role};`,
          narrows: true,
        }
      }
    }
  },
}
