import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** One slow query of an anonymous caller holds a connection for as long as it likes. */
export const lint: Lint = {
  id: 'R16',
  severity: 'warning',
  title: 'Nothing bounds how long a statement runs',
  nearMiss: 'A timeout set for the login role, which all requests then have.',
  references: ['CWE-400'],
  *find({ anonymous, authenticator, catalog, security }) {
    const who = anonymous ?? authenticator?.name
    if (who === undefined || authenticator === null) return
    const applies = (role: string | null) => role === null || role === who || role === authenticator.name
    const missing = ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout'].filter(
      (name) =>
        (security.serverSettings[name] ?? '0') === '0' &&
        !catalog.settings.some((setting) => setting.name === name && setting.value !== '0' && applies(setting.role)),
    )
    if (!missing.includes('statement_timeout')) return
    const role = quoteIdentifier(who)
    yield {
      object: role,
      role: who,
      message: `Nothing ends a statement of ${role} that runs for too long.`,
      evidence: `Not set for ${role}, nor for ${quoteIdentifier(authenticator.name)}: ${missing.join(', ')}.`,
      fix: `ALTER ROLE ${role} SET statement_timeout = '5s';`,
    }
  },
}
