import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { readableViews } from './filters.js'

/** Policies do not hold foreign tables, and a mapping for PUBLIC lends its login to everybody. */
export const lint: Lint = {
  id: 'V06',
  severity: 'warning',
  title: 'A foreign table is open to API roles, or a server’s login to everybody',
  nearMiss: 'A foreign table that only its owner reads, through a function.',
  references: ['CWE-522', 'CWE-863', 'splinter 0017'],
  *find(context) {
    for (const { key, readers } of readableViews(context, 'foreign table')) {
      const named = readers.map(quoteIdentifier).join(', ')
      yield {
        object: key,
        message: `${named} reaches every row of ${key} on the other server.`,
        evidence: 'Policies cannot be made for foreign tables.',
        fix: `REVOKE ALL ON ${key} FROM ${named};`,
        narrows: true,
      }
    }
    for (const { server, role, hasPassword } of context.security.userMappings) {
      if (role !== null || hasPassword !== true) continue
      yield {
        object: quoteIdentifier(server),
        message: `Everybody who may use the server ${quoteIdentifier(server)} does so with one password.`,
        evidence: 'A user mapping for PUBLIC holds a password.',
        fix: `DROP USER MAPPING FOR PUBLIC SERVER ${quoteIdentifier(server)};`,
        narrows: true,
      }
    }
  },
}
