import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** PostgREST applies the settings of roles that the login role is a direct member of. Rolecast applies all. */
export const lint: Lint = {
  id: 'R15',
  severity: 'warning',
  title: 'Settings of a role are not applied by PostgREST',
  nearMiss: 'Settings of a direct member.',
  references: ['CWE-665'],
  *find({ authenticator, roles, catalog }) {
    if (authenticator === null) return
    const direct = new Set(authenticator.memberOf.map(({ role }) => role))
    for (const name of roles) {
      const settings = catalog.settings.filter(({ role }) => role === name)
      if (settings.length === 0 || direct.has(name)) continue
      const [role, login] = [quoteIdentifier(name), quoteIdentifier(authenticator.name)]
      yield {
        object: role,
        role: name,
        message: `PostgREST does not apply the settings of ${role}, since ${login} is no direct member of it.`,
        evidence: `${role} sets ${settings.map((setting) => setting.name).join(', ')}.`,
        fix: `GRANT ${role} TO ${login};`,
      }
    }
  },
}
