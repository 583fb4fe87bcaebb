import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** One finding a schema. */
export const lint: Lint = {
  id: 'I01',
  severity: 'information',
  title: 'Foreign keys have no index',
  nearMiss: 'A key whose columns begin an index.',
  references: ['CWE-405', 'splinter 0001'],
  *find({ exposedRelations }) {
    const bySchema = new Map<string, string[]>()
    for (const { schema, name, constraints, indexes } of exposedRelations) {
      for (const { kind, columns, inherited } of constraints) {
        if (kind !== 'foreign key' || inherited) continue
        const isIndexed = indexes.some(
          (index) => index.valid && columns.every((column) => index.columns.slice(0, columns.length).includes(column)),
        )
        if (isIndexed) continue
        const key = `${qualifiedName(schema, name)} (${columns.map(quoteIdentifier).join(', ')})`
        bySchema.set(schema, [...(bySchema.get(schema) ?? []), key])
      }
    }
    for (const [schema, keys] of bySchema) {
      yield {
        object: quoteIdentifier(schema),
        message: `Embeds and deletes along ${keys.length} foreign keys of ${quoteIdentifier(schema)} read whole tables.`,
        evidence: keys.join('; '),
        fix: keys.map((key) => `CREATE INDEX ON ${key};`).join(' '),
      }
    }
  },
}
