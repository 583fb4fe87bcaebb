import { quoteIdentifier } from '@rolecast/catalog'
import { privilegesOf } from '../../acl.js'
import type { Lint } from '../../lint.js'

/** UPDATE on a sequence lets setval() take the next values back, so that later inserts collide. */
export const lint: Lint = {
  id: 'G17',
  severity: 'warning',
  title: 'An API role may set sequences',
  nearMiss: 'USAGE on the sequence, which nextval() needs.',
  references: ['CWE-732'],
  *find({ security, roles, hasRole }) {
    for (const { sequence, owner, acl } of security.sequenceAcls) {
      for (const role of roles) {
        if (hasRole(role, owner)) continue
        if (!privilegesOf(acl, (grantee) => grantee === null || hasRole(role, grantee)).includes('UPDATE')) continue
        yield {
          object: sequence,
          role,
          message: `A request of ${quoteIdentifier(role)} may set the sequence ${sequence} back.`,
          evidence: `${quoteIdentifier(role)} holds UPDATE on ${sequence}.`,
          fix: `REVOKE UPDATE ON SEQUENCE ${sequence} FROM ${quoteIdentifier(role)}; GRANT USAGE ON SEQUENCE ${sequence} TO ${quoteIdentifier(role)};`,
        }
      }
    }
  },
}
