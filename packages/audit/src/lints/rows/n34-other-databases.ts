import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** One finding. What pg_hba.conf says, only superusers may read. */
export const lint: Lint = {
  id: 'N34',
  severity: 'warning',
  title: 'API roles may connect to other databases of the server',
  nearMiss: 'The maintenance database postgres.',
  references: ['CWE-668'],
  *find({ security }) {
    const others = security.otherDatabases.filter((name) => name !== 'postgres')
    const [first] = others
    if (first === undefined) return
    yield {
      object: quoteIdentifier(first),
      message: `The API's roles may connect to ${others.map(quoteIdentifier).join(', ')}.`,
      evidence: 'CONNECT is granted to PUBLIC or to them.',
      fix: others.map((name) => `REVOKE CONNECT ON DATABASE ${quoteIdentifier(name)} FROM PUBLIC;`).join(' '),
      narrows: true,
    }
  },
}
