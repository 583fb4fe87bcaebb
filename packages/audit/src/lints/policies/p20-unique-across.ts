import { qualifiedName, quoteIdentifier } from '@rolecast/catalog'
import type { Lint } from '../../lint.js'
import { isTenantColumn } from './columns.js'

/** A duplicate is refused (23505) although the row that it would double is hidden. One finding a table. */
export const lint: Lint = {
  id: 'P20',
  severity: 'information',
  title: 'A unique key spans tenants, and tells that a hidden row is there',
  nearMiss: 'A unique key that begins with the tenant; a key that the database makes up itself.',
  references: ['CWE-203'],
  *find({ exposedRelations, roles, policies }) {
    for (const relation of exposedRelations) {
      const key = qualifiedName(relation.schema, relation.name)
      const tenants = relation.columns.map(({ name }) => name).filter(isTenantColumn)
      if (tenants.length === 0 || !relation.rowSecurity.enabled) continue
      const writers = roles.filter((role) => policies.isUnder(relation, role))
      const telling = relation.constraints.filter(
        ({ kind, columns }) =>
          (kind === 'unique' || kind === 'primary key') &&
          !columns.some((column) => tenants.includes(column)) &&
          columns.every((column) => !isMadeUp(relation.columns.find(({ name }) => name === column))) &&
          writers.some((role) =>
            columns.every(
              (column) =>
                policies.holdsColumn(role, key, 'insert', column) || policies.holdsColumn(role, key, 'update', column),
            ),
          ),
      )
      if (telling.length === 0) continue
      yield {
        object: key,
        message: `Whoever writes to ${key} learns which values other tenants have.`,
        evidence: telling
          .map(({ name, columns }) => `${quoteIdentifier(name)} (${columns.map(quoteIdentifier).join(', ')})`)
          .join('; '),
        fix: null,
      }
    }
  },
}

const isMadeUp = (column: { default: string | null; identity: string | null } | undefined): boolean =>
  column !== undefined && (column.default !== null || column.identity !== null)
