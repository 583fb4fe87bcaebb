import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** Names of custom settings that hold secrets: `pgrst.jwt_secret`, `app.settings.jwt_secret`, `app.stripe_api_key`. */
const secretName = /\..*(secret|passw|api_?key|private_?key|service_?role_?key)/i

/** pg_db_role_setting can be read by every role, and SQL reads app.settings. */
export const lint: Lint = {
  id: 'J06',
  severity: 'critical',
  title: 'A secret is a setting that SQL can read',
  nearMiss: 'A custom setting whose name speaks of no secret.',
  references: ['CWE-522', 'CWE-798'],
  *find({ catalog, server }) {
    for (const { name, role } of catalog.settings.filter((setting) => secretName.test(setting.name))) {
      const of = role === null ? 'the database' : quoteIdentifier(role)
      yield {
        object: name,
        message: `Every role that can connect reads ${name} in pg_db_role_setting. Take it away, make another secret, and give it to the server in a file.`,
        evidence: `ALTER ${role === null ? 'DATABASE' : 'ROLE'} … SET of ${of} holds it.`,
        fix:
          role === null
            ? null
            : `ALTER ROLE ${quoteIdentifier(role)} RESET ${name.split('.').map(quoteIdentifier).join('.')};`,
      }
    }
    if (server === null) return
    for (const name of server.appSettings.filter((setting) => secretName.test(setting))) {
      yield {
        object: name,
        message: `Every request can read ${name} with current_setting. Sign tokens outside the database.`,
        evidence: `${server.file} sets it.`,
        fix: null,
      }
    }
  },
}
