import type { Lint } from '../../lint.js'
import { reachableRoles } from './reachable.js'

const dangerous: ReadonlySet<string> = new Set([
  'pg_read_all_data',
  'pg_write_all_data',
  'pg_execute_server_program',
  'pg_read_server_files',
  'pg_write_server_files',
  'pg_maintain',
  'pg_signal_backend',
  'pg_create_subscription',
  'pg_use_reserved_connections',
  'pg_monitor',
  'pg_read_all_stats',
  'pg_read_all_settings',
  'pg_stat_scan_tables',
  'pg_database_owner',
])

/** pg_read_all_data, pg_execute_server_program and the like are made for administrators. */
export const lint: Lint = {
  id: 'R09',
  severity: 'critical',
  title: 'A request can become a predefined role of PostgreSQL',
  nearMiss: 'A predefined role whose member the API cannot become.',
  references: ['CWE-269'],
  find: (context) =>
    reachableRoles(
      context,
      ({ name }) => dangerous.has(name),
      (name) => `A request can use ${name}, which is made for administrators.`,
    ),
}
