import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** A column that is NOT NULL and has no default is not among those granted: every insert fails. */
export const lint: Lint = {
  id: 'G07',
  severity: 'warning',
  title: 'An insert was granted that cannot give all it must',
  nearMiss: 'The same column with a default.',
  references: ['CWE-1164'],
  *find({ roles, surface, exposedRelations, index, hasRole }) {
    for (const role of roles) {
      const held = index.privileges.get(role)
      if (held === undefined) continue
      const { relations } = surface(role)
      for (const relation of exposedRelations) {
        const key = qualifiedName(relation.schema, relation.name)
        const granted = held.relations[key]?.columns.insert ?? []
        if (granted.length === 0 || hasRole(role, relation.owner) || relation.kind === 'view') continue
        const missing = relation.columns.filter(
          (column) =>
            column.notNull && column.default === null && column.identity === null && !granted.includes(column.name),
        )
        const isOffered = relations.some(
          (each) => each.schema === relation.schema && each.name === relation.name && each.insert.length > 0,
        )
        const mayFill = relation.triggers.some(({ timing, events }) => timing === 'before' && events.includes('insert'))
        if (missing.length === 0 || isOffered || mayFill) continue
        const names = missing.map(({ name }) => quoteIdentifier(name)).join(', ')
        yield {
          object: key,
          role,
          message: `${quoteIdentifier(role)} may insert into ${key}, but not give ${names}, so that every insert fails.`,
          evidence: `${names}: NOT NULL, without default, and not granted for INSERT.`,
          fix: `GRANT INSERT (${names}) ON ${key} TO ${quoteIdentifier(role)};`,
        }
      }
    }
  },
}
