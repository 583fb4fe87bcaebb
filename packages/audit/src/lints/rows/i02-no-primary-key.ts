import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** PUT and the Location of a new row need one. One finding a schema. */
export const lint: Lint = {
  id: 'I02',
  severity: 'information',
  title: 'Tables that are written have no primary key',
  nearMiss: 'A table that is only read.',
  references: ['CWE-1164', 'splinter 0004'],
  *find({ exposedRelations, roles, policies }) {
    const bySchema = new Map<string, string[]>()
    for (const { schema, name, kind, constraints } of exposedRelations) {
      const key = qualifiedName(schema, name)
      if ((kind !== 'table' && kind !== 'partitioned table') || constraints.some((each) => each.kind === 'primary key'))
        continue
      if (!roles.some((role) => policies.held(role, key).some((verb) => verb !== 'select'))) continue
      bySchema.set(schema, [...(bySchema.get(schema) ?? []), key])
    }
    for (const [schema, tables] of bySchema) {
      yield {
        object: tables.length === 1 ? (tables[0] ?? '') : quoteIdentifier(schema),
        message: `Rows of ${tables.join(', ')} cannot be told apart.`,
        evidence: 'No primary key.',
        fix: null,
      }
    }
  },
}
