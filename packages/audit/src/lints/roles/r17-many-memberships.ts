import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** Each new connection reads them at its first SET ROLE: half a second at ten thousand, nineteen at fifty thousand. */
export const lint: Lint = {
  id: 'R17',
  severity: 'warning',
  title: 'The authenticator is a member of very many roles',
  nearMiss: 'A thousand roles, which cost nothing that can be measured.',
  references: ['CWE-400'],
  *find({ authenticator, reachable }) {
    const count = reachable.size
    if (authenticator === null || count <= 3_000) return
    const name = quoteIdentifier(authenticator.name)
    yield {
      object: name,
      severity: count > 10_000 ? 'error' : 'warning',
      message: `${name} can become ${count} roles: the first request of each connection waits for PostgreSQL to read them.`,
      evidence: `pg_auth_members leads from ${name} to ${count} roles.`,
      fix: null,
    }
  },
}
