import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** row_security = off makes queries fail or bypass, session_replication_role turns triggers off, a search path can be written to. */
export const lint: Lint = {
  id: 'N33',
  severity: 'error',
  title: 'A role’s settings undo what protects rows',
  nearMiss: 'A timeout, which every role should have.',
  references: ['CWE-665'],
  *find({ catalog, roles, authenticator }) {
    for (const { role, name, value } of catalog.settings) {
      if (role !== null && !roles.includes(role) && role !== authenticator?.name) continue
      const isBad =
        (name === 'row_security' && value === 'off') || (name === 'session_replication_role' && value !== 'origin')
      if (!isBad) continue
      const who = role === null ? 'every role' : quoteIdentifier(role)
      yield {
        object: role === null ? name : quoteIdentifier(role),
        ...(role !== null && { role }),
        message: `${name} is ${value} for ${who}, which takes away what row-level security or triggers protect.`,
        evidence: `A setting of ${who}: ${name} = ${value}.`,
        fix: role === null ? null : `ALTER ROLE ${quoteIdentifier(role)} RESET ${name};`,
        narrows: true,
      }
    }
  },
}
