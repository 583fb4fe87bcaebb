import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** The default of a serial column calls nextval(), which needs USAGE on the sequence. */
export const lint: Lint = {
  id: 'G08',
  severity: 'error',
  title: 'An insert was granted without its sequence',
  nearMiss: 'An identity column, which needs none.',
  references: ['CWE-284', 'CWE-1164'],
  *find({ roles, exposedRelations, index, hasRole }) {
    for (const role of roles) {
      const held = index.privileges.get(role)
      if (held === undefined) continue
      const usable = new Set(held.sequences.nextval)
      for (const relation of exposedRelations) {
        const key = qualifiedName(relation.schema, relation.name)
        const may = held.relations[key]
        const inserts = may?.table.includes('insert') || (may?.columns.insert ?? []).length > 0
        if (!inserts || hasRole(role, relation.owner)) continue
        const missing = relation.columns
          .flatMap(({ defaultUses }) => defaultUses.sequences.filter(({ call }) => call === 'nextval'))
          .map(({ sequence }) => sequence)
          .filter((sequence) => !usable.has(sequence))
        if (missing.length === 0) continue
        const names = [...new Set(missing)].join(', ')
        yield {
          object: key,
          role,
          message: `An insert of ${quoteIdentifier(role)} into ${key} fails unless it gives the value that ${names} would.`,
          evidence: `${quoteIdentifier(role)} holds neither USAGE nor UPDATE on ${names}.`,
          fix: `GRANT USAGE ON SEQUENCE ${names} TO ${quoteIdentifier(role)};`,
        }
      }
    }
  },
}
