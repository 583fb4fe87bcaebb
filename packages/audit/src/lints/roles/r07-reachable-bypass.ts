import type { Lint } from '../../lint.js'
import { reachableRoles } from './reachable.js'

/** Such a role sees and changes every row that it has grants for. The name service_role says that this is meant. */
export const lint: Lint = {
  id: 'R07',
  severity: 'error',
  title: 'A request can become a role that bypasses row-level security',
  nearMiss: 'A role with BYPASSRLS that no chain of memberships leads to; one named service_role.',
  references: ['CWE-863'],
  find: (context) =>
    reachableRoles(
      context,
      ({ name, superuser, bypassRowSecurity }) => bypassRowSecurity && !superuser && name !== 'service_role',
      (name) => `A token may name ${name}, which row-level security does not hold.`,
    ),
}
