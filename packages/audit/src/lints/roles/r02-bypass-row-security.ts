import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** The role that the API logs in as has BYPASSRLS: a request that ends its role sees every row. */
export const lint: Lint = {
  id: 'R02',
  severity: 'critical',
  title: 'The authenticator bypasses row-level security',
  nearMiss: 'A reachable role with BYPASSRLS, which is R07.',
  references: ['CWE-250', 'CWE-863'],
  *find({ authenticator }) {
    if (authenticator?.bypassRowSecurity !== true || authenticator.superuser) return
    const name = quoteIdentifier(authenticator.name)
    yield {
      object: name,
      message: `${name}, which the API logs in as, has BYPASSRLS: whoever ends the role of a request sees every row.`,
      evidence: `pg_roles.rolbypassrls of ${name} is true.`,
      fix: `ALTER ROLE ${name} NOBYPASSRLS;`,
      narrows: true,
    }
  },
}
