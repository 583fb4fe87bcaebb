import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** All its functions become calls of the API, for every role that may execute them. */
export const lint: Lint = {
  id: 'S04',
  severity: 'warning',
  title: 'An extension lives in an exposed schema',
  nearMiss: 'An extension in a schema of its own.',
  references: ['CWE-668', 'splinter 0014'],
  *find({ catalog, schemas }) {
    for (const { name, schema } of catalog.extensions) {
      if (!schemas.includes(schema)) continue
      yield {
        object: quoteIdentifier(name),
        message: `The functions of the extension ${quoteIdentifier(name)} are part of the API.`,
        evidence: `It is installed in the exposed schema ${quoteIdentifier(schema)}.`,
        fix: `CREATE SCHEMA IF NOT EXISTS extensions; ALTER EXTENSION ${quoteIdentifier(name)} SET SCHEMA extensions;`,
      }
    }
  },
}
