import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** A request whose role is ended, or a query outside of a request, then holds every API role at once. */
export const lint: Lint = {
  id: 'R04',
  severity: 'warning',
  title: 'The authenticator inherits the privileges of its roles',
  nearMiss: 'An authenticator that inherits from no role, as it is a member of none.',
  references: ['CWE-269'],
  *find({ authenticator }) {
    const inherited = (authenticator?.memberOf ?? []).filter(({ inherit }) => inherit).map(({ role }) => role)
    if (authenticator === null || inherited.length === 0) return
    const name = quoteIdentifier(authenticator.name)
    yield {
      object: name,
      message: `${name} has the privileges of every role that it can become, without becoming it.`,
      evidence: `${name} inherits from ${inherited.map(quoteIdentifier).join(', ')}.`,
      fix: inherited
        .map((role) => `REVOKE ${quoteIdentifier(role)} FROM ${name}; GRANT ${quoteIdentifier(role)} TO ${name};`)
        .reduce((all, one) => `${all} ${one}`, `ALTER ROLE ${name} NOINHERIT;`),
    }
  },
}
