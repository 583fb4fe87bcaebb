import type { Lint } from '../../lint.js'
import { reachableRoles } from './reachable.js'

/** A token whose role claim names the superuser holds the whole server. */
export const lint: Lint = {
  id: 'R06',
  severity: 'critical',
  title: 'A request can become a superuser',
  nearMiss: 'A superuser that no chain of memberships leads to.',
  references: ['CWE-250', 'CWE-269'],
  find: (context) =>
    reachableRoles(
      context,
      ({ superuser }) => superuser,
      (name) => `A token may name ${name}, a superuser: nothing holds such a request.`,
    ),
}
