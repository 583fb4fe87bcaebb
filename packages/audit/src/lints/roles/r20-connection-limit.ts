import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** Without a limit, one leaking instance takes every connection of the server; a password that expires stops the API. */
export const lint: Lint = {
  id: 'R20',
  severity: 'warning',
  title: 'The login of the API is unlimited, or ends soon',
  nearMiss: 'A limit that is set.',
  references: ['CIS 5.5', 'CWE-770'],
  *find({ authenticator, security }) {
    const login = security.logins.find(({ role }) => role === authenticator?.name)
    if (authenticator === null || login === undefined) return
    const name = quoteIdentifier(authenticator.name)
    if (login.connectionLimit === null) {
      yield {
        object: name,
        severity: 'information',
        message: `${name} may open as many connections as the server has.`,
        evidence: `pg_roles.rolconnlimit of ${name} is -1.`,
        fix: `ALTER ROLE ${name} CONNECTION LIMIT 50;`,
        narrows: true,
      }
    }
    if (login.validUntil !== null) {
      yield {
        object: name,
        message: `The password of ${name} ends on ${login.validUntil}; no new connection is opened after that.`,
        evidence: `pg_roles.rolvaliduntil of ${name} is ${login.validUntil}.`,
        fix: `ALTER ROLE ${name} VALID UNTIL 'infinity';`,
      }
    }
  },
}
