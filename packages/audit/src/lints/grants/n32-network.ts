import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** Functions of dblink, http, pg_net or pg_cron let a caller send requests or plan work as the database. */
export const lint: Lint = {
  id: 'N32',
  severity: 'error',
  title: 'A request can reach the network or a scheduler from inside the database',
  nearMiss: 'The extension with EXECUTE revoked.',
  references: ['CWE-918'],
  *find({ security, roles }) {
    for (const extension of new Set(security.outreach.map((one) => one.extension))) {
      const open = security.outreach.filter(
        (one) => one.extension === extension && one.roles.some((role) => roles.includes(role)),
      )
      const callers = [...new Set(open.flatMap((one) => one.roles))].filter((role) => roles.includes(role))
      if (open.length === 0) continue
      yield {
        object: quoteIdentifier(extension),
        ...(callers.length === 1 && callers[0] !== undefined && { role: callers[0] }),
        message: `${callers.map(quoteIdentifier).join(', ')} may execute ${open.length} functions of ${quoteIdentifier(extension)}, which reach beyond the database.`,
        evidence: open.map((one) => one.function).join(', '),
        fix: open
          .map(
            (one) =>
              `REVOKE EXECUTE ON FUNCTION ${one.function} FROM PUBLIC, ${callers.map(quoteIdentifier).join(', ')};`,
          )
          .join(' '),
        narrows: true,
      }
    }
  },
}
