import { quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** One finding a role. */
export const lint: Lint = {
  id: 'N17',
  severity: 'information',
  title: 'A role that writes may read some columns only: RETURNING * fails',
  nearMiss: 'A role that reads no column: it writes without getting rows back.',
  references: ['CWE-1164'],
  *find({ roles, surface }) {
    for (const role of roles) {
      const partly = surface(role).relations.filter(
        ({ select, wholeRow, insert, update, delete: deletes, kind }) =>
          kind !== 'view' && select.length > 0 && !wholeRow && (insert.length > 0 || update.length > 0 || deletes),
      )
      if (partly.length === 0) continue
      const named = partly.map(({ schema, name }) => `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`)
      yield {
        object: partly.length === 1 ? (named[0] ?? '') : quoteIdentifier(role),
        role,
        message: `${quoteIdentifier(role)} must name the columns that a write to ${named.join(', ')} returns.`,
        evidence: 'SELECT is granted on some of the columns.',
        fix: null,
      }
    }
  },
}
