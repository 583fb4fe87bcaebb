import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** Membership was granted the wrong way round: everybody is that role. */
export const lint: Lint = {
  id: 'R12',
  severity: 'error',
  title: 'The anonymous role has the privileges of another API role',
  nearMiss: 'The other way round: a role for users that has what anonymous has.',
  references: ['CWE-269'],
  *find({ anonymous, roles, hasRole }) {
    if (anonymous === null) return
    for (const other of roles) {
      if (other === anonymous || !hasRole(anonymous, other)) continue
      const [anon, role] = [quoteIdentifier(anonymous), quoteIdentifier(other)]
      yield {
        object: anon,
        role: anonymous,
        message: `Requests without a token have all that ${role} has.`,
        evidence: `${anon} inherits from ${role}.`,
        fix: `REVOKE ${role} FROM ${anon};`,
        narrows: true,
      }
    }
  },
}
