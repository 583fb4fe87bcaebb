import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** Whole words of a name in snake or camel case. */
const sensitive =
  /(^|_)(pass|passwd|password|pwd|pass_?hash|password_?hash|secret|api_?key|private_?key|access_?token|refresh_?token|auth_?token|token|otp|totp_?secret|salt|ssn|social_?security|credit_?card|card_?number|cvv|iban|encrypted_password|recovery_token|confirmation_token)($|_)/i

/** Its name says that it holds a password, a token or the like. */
export const lint: Lint = {
  id: 'G13',
  severity: 'warning',
  title: 'A column that looks like a credential can be read',
  nearMiss: 'A column named like that which is not granted.',
  references: ['CWE-200', 'CWE-522', 'splinter 0023'],
  *find({ roles, anonymous, surface }) {
    for (const role of roles) {
      const { relations } = surface(role)
      const found = relations.flatMap(({ schema, name, select }) =>
        select
          .filter((column) => sensitive.test(column))
          .map((column) => `${qualifiedName(schema, name)}.${quoteIdentifier(column)}`),
      )
      const [first] = found
      if (first === undefined) continue
      yield {
        object: found.length === 1 ? first : quoteIdentifier(role),
        role,
        severity: role === anonymous ? 'error' : 'warning',
        message: `${quoteIdentifier(role)} may read ${found.length === 1 ? `${first}, which looks` : `${found.length} columns that look`} like a credential.`,
        evidence: found.join(', '),
        fix: null,
      }
    }
  },
}
