import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { readableViews } from './filters.js'

/** Tables of logins that platforms and PostgreSQL bring. */
const tables: ReadonlySet<string> = new Set([
  'auth.users',
  'auth.identities',
  'auth.sessions',
  'auth.refresh_tokens',
  'vault.secrets',
  'vault.decrypted_secrets',
  'pg_catalog.pg_authid',
  'pg_catalog.pg_shadow',
  'pg_catalog.pg_user_mappings',
])
const secret = /(^|_)(pass|passwd|password|pwd|pass_?hash|secret|private_?key|encrypted_password)($|_)/i

export const lint: Lint = {
  id: 'V10',
  severity: 'error',
  title: 'A view passes on a table of logins or secrets',
  nearMiss: 'A view with security_invoker, whose readers may not read that table.',
  references: ['CWE-200', 'CWE-522', 'splinter 0002'],
  *find(context) {
    for (const { relation, key, readers } of readableViews(context)) {
      if (relation.securityInvoker || relation.view === null) continue
      const passed = relation.view.origins.flatMap((origin) =>
        origin !== null && (tables.has(origin.relation) || secret.test(origin.column)) ? [origin] : [],
      )
      if (passed.length === 0) continue
      yield {
        object: key,
        message: `${readers.map(quoteIdentifier).join(', ')} may read ${[...new Set(passed.map((each) => each.relation))].join(', ')} through ${key}.`,
        evidence: `It passes on ${passed.map((each) => `${each.relation}.${quoteIdentifier(each.column)}`).join(', ')}.`,
        fix: null,
      }
    }
  },
}
