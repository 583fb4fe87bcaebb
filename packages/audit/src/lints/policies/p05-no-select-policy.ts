import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'

/** A statement that reads what it writes needs the SELECT policies as well (“CREATE POLICY” in PostgreSQL's manual). */
export const lint: Lint = {
  id: 'P05',
  severity: 'warning',
  title: 'A policy lets rows be written that no policy lets be read',
  nearMiss: 'Rows that are only ever inserted, without any SELECT.',
  references: ['CWE-1164'],
  *find({ exposedRelations, roles, policies }) {
    for (const relation of exposedRelations) {
      const key = qualifiedName(relation.schema, relation.name)
      for (const role of roles) {
        if (!policies.isUnder(relation, role) || !policies.holds(role, key, 'select')) continue
        if (policies.applying(key, role, 'select').length > 0) continue
        const written = (['insert', 'update', 'delete'] as const).filter(
          (verb) => policies.holds(role, key, verb) && policies.permissive(key, role, verb).length > 0,
        )
        if (written.length === 0) continue
        const names = written.map((verb) => verb.toUpperCase()).join(', ')
        yield {
          object: key,
          role,
          message: `${names} of ${quoteIdentifier(role)} on ${key} changes no row when it has a filter, and fails when it returns rows.`,
          evidence: `There are policies for ${names}, and none for SELECT.`,
          fix: null,
        }
      }
    }
  },
}
