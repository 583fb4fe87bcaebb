import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** An MD5 hash can be used in place of the password, and is guessed quickly. */
export const lint: Lint = {
  id: 'R21',
  severity: 'error',
  title: 'Passwords are stored as MD5',
  nearMiss: 'Passwords stored for SCRAM.',
  references: ['CIS 7.5', 'CWE-916'],
  *find({ security }) {
    const weak = security.logins.filter(({ password }) => password === 'md5').map(({ role }) => quoteIdentifier(role))
    if (weak.length > 0) {
      yield {
        object: weak.join(', '),
        message: `The password of ${weak.join(', ')} is stored as an MD5 hash.`,
        evidence: `pg_authid.rolpassword begins with md5.`,
        fix: null,
      }
    }
    if (security.serverSettings.password_encryption === 'md5') {
      yield {
        object: 'password_encryption',
        message: 'New passwords are stored as MD5 hashes.',
        evidence: "password_encryption is 'md5'.",
        fix: "ALTER SYSTEM SET password_encryption = 'scram-sha-256'; SELECT pg_reload_conf();",
      }
    }
  },
}
