import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** The role that the API logs in as is a superuser: every request can end its role and then do anything. */
export const lint: Lint = {
  id: 'R01',
  severity: 'critical',
  title: 'The authenticator is a superuser',
  nearMiss: 'A superuser that the authenticator cannot become.',
  references: ['CWE-250', 'CWE-269'],
  *find({ authenticator }) {
    if (authenticator?.superuser !== true) return
    const name = quoteIdentifier(authenticator.name)
    yield {
      object: name,
      message: `${name}, which the API logs in as, is a superuser: no grant and no policy holds it.`,
      evidence: `pg_roles.rolsuper of ${name} is true.`,
      fix: `ALTER ROLE ${name} NOSUPERUSER;`,
      narrows: true,
    }
  },
}
