import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** CREATE ROLE without LOGIN makes a role that no connection can be opened as. */
export const lint: Lint = {
  id: 'R03',
  severity: 'error',
  title: 'The authenticator cannot log in',
  nearMiss: 'An API role that cannot log in, which is right.',
  references: ['CWE-284'],
  *find({ authenticator }) {
    if (authenticator === null || authenticator.canLogin) return
    const name = quoteIdentifier(authenticator.name)
    yield {
      object: name,
      message: `${name} cannot log in, so the API cannot connect as it.`,
      evidence: `pg_roles.rolcanlogin of ${name} is false.`,
      fix: `ALTER ROLE ${name} LOGIN;`,
    }
  },
}
