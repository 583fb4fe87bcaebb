import { qualifiedName, quoteIdentifier, splitQualifiedName } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** A server that casts what it is given names the type. One finding a role and schema. */
export const lint: Lint = {
  id: 'G12',
  severity: 'warning',
  title: 'A column can be written, but the schema of its type cannot be used',
  nearMiss: 'A column that is only read.',
  references: ['CWE-1164'],
  *find({ exposedRelations, roles, policies, index }) {
    for (const role of roles) {
      const usable = index.privileges.get(role)?.schemas ?? []
      const hidden = new Map<string, string[]>()
      for (const relation of exposedRelations) {
        const key = qualifiedName(relation.schema, relation.name)
        if (!usable.includes(relation.schema)) continue
        for (const { name, type } of relation.columns) {
          const { schema } = splitQualifiedName(type.type)
          const isWritten =
            policies.holdsColumn(role, key, 'insert', name) || policies.holdsColumn(role, key, 'update', name)
          if (!isWritten || schema === 'pg_catalog' || usable.includes(schema)) continue
          hidden.set(schema, [...(hidden.get(schema) ?? []), `${key}.${quoteIdentifier(name)}`])
        }
      }
      for (const [schema, columns] of hidden) {
        yield {
          object: quoteIdentifier(schema),
          role,
          message: `${quoteIdentifier(role)} may write ${columns.join(', ')}, but not name the type.`,
          evidence: `It has no USAGE on the schema ${quoteIdentifier(schema)}.`,
          fix: `GRANT USAGE ON SCHEMA ${quoteIdentifier(schema)} TO ${quoteIdentifier(role)};`,
        }
      }
    }
  },
}
