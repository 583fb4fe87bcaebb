import type { Lint } from '../../lint.js'

/** Whoever subscribes gets every row. */
export const lint: Lint = {
  id: 'N29',
  severity: 'error',
  title: 'A table of the API is published without policies or a filter',
  nearMiss: 'A publication with a row filter.',
  references: ['CWE-200'],
  *find({ security, index, exposedRelations }) {
    for (const { name, tables, all } of security.publications) {
      const open = tables.filter(({ table, filtered }) => {
        const relation = index.relations.get(table)
        return (
          relation !== undefined && exposedRelations.includes(relation) && !filtered && !relation.rowSecurity.enabled
        )
      })
      if (open.length === 0) continue
      yield {
        object: name,
        message: `Subscribers of ${name} get every row of ${open.map(({ table }) => table).join(', ')}.`,
        evidence: all
          ? 'It is FOR ALL TABLES.'
          : 'The tables have no row-level security, and the publication has no row filter.',
        fix: null,
      }
    }
  },
}
