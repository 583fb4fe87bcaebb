import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** Those that only superusers may execute unless they grant it. */
const closed =
  /^pg_catalog\.(pg_read_file|pg_read_binary_file|pg_ls_dir|pg_ls_logdir|pg_ls_waldir|pg_ls_tmpdir|pg_ls_archive_statusdir|pg_stat_file|lo_import|lo_export|pg_reload_conf|pg_rotate_logfile|pg_switch_wal|pg_create_restore_point)\(/

/** Somebody granted what is closed by default, and any function with dynamic SQL can call it. */
export const lint: Lint = {
  id: 'G16',
  severity: 'warning',
  title: 'A request can reach files or other sessions through PostgreSQL’s own functions',
  nearMiss: 'pg_sleep, which is open to everybody by default.',
  references: ['CWE-732'],
  *find({ security, roles }) {
    for (const { role, functions } of security.systemAccess) {
      const open = functions.filter((signature) => closed.test(signature))
      if (open.length === 0 || !roles.includes(role)) continue
      yield {
        object: open.join(', '),
        role,
        message: `A request of ${quoteIdentifier(role)} may execute ${open.join(', ')}.`,
        evidence: `PostgreSQL gives EXECUTE on these to superusers only; here ${quoteIdentifier(role)} holds it.`,
        fix: open
          .map((signature) => `REVOKE EXECUTE ON FUNCTION ${signature} FROM ${quoteIdentifier(role)}, PUBLIC;`)
          .join(' '),
        narrows: true,
      }
    }
  },
}
