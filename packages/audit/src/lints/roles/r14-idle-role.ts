import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** Either its grants are missing, or nobody needs it. */
export const lint: Lint = {
  id: 'R14',
  severity: 'information',
  title: 'A role that requests can run as may do nothing',
  nearMiss: 'A role that may call a function only.',
  references: ['CWE-1164'],
  *find({ roles, surface, authenticator, anonymous }) {
    for (const name of roles) {
      const { relations, functions } = surface(name)
      if (relations.length > 0 || functions.length > 0 || name === anonymous || authenticator === null) continue
      const role = quoteIdentifier(name)
      yield {
        object: role,
        role: name,
        message: `A token may name ${role}, but it may use no relation and call no function of the API.`,
        evidence: `${role} holds no usable privilege in the exposed schemas.`,
        fix: `REVOKE ${role} FROM ${quoteIdentifier(authenticator.name)};`,
        narrows: true,
      }
    }
  },
}
