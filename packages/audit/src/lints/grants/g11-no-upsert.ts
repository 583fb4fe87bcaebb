import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** An upsert sets the key as well, and reads what it compares. One finding a role. */
export const lint: Lint = {
  id: 'G11',
  severity: 'information',
  title: 'A role inserts and updates, but cannot do both at once',
  nearMiss: 'A role whose UPDATE covers the key.',
  references: ['CWE-1164'],
  *find({ roles, surface }) {
    for (const role of roles) {
      const without = surface(role).relations.filter(
        ({ kind, insert, update, upsert, primaryKey }) =>
          kind === 'table' &&
          primaryKey.length > 0 &&
          insert.length > 0 &&
          update.length > 0 &&
          upsert.merge.length === 0,
      )
      if (without.length === 0) continue
      const named = without.map(({ schema, name }) => qualifiedName(schema, name))
      yield {
        object: named.length === 1 ? (named[0] ?? '') : quoteIdentifier(role),
        role,
        message: `Upserts of ${quoteIdentifier(role)} into ${named.join(', ')} are refused.`,
        evidence: 'They need UPDATE and SELECT of all that is given, the key included.',
        fix: null,
      }
    }
  },
}
