import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { looksSecret } from '../../sensitive-names.js'

/** Its name says that it holds a password, a token or the like. */
export const lint: Lint = {
  id: 'G13',
  severity: 'warning',
  title: 'A column that looks like a credential can be read',
  nearMiss: 'A column named like that which is not granted.',
  references: ['CWE-200', 'CWE-522', 'splinter 0023'],
  *find({ roles, anonymous, surface, index }) {
    for (const role of roles) {
      // a service role sees everything: R07 says so
      if (index.roles.get(role)?.bypassRowSecurity) continue
      const { relations } = surface(role)
      const found = relations.flatMap(({ schema, name, select }) =>
        select.filter(looksSecret).map((column) => `${qualifiedName(schema, name)}.${quoteIdentifier(column)}`),
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
