import { groupBy } from '../group.js'
import type { ColumnRow, RelationRow, TypeRow } from '../objects/rows.js'

export const keyOfColumn = (relation: number, attribute: number): string => `${relation}.${attribute}`

export interface Stored {
  readonly columns: readonly ColumnRow[]
  readonly relations: readonly RelationRow[]
  readonly types: readonly TypeRow[]
}

/**
 * The columns of tables that no row has null in. A query of a table reads inheriting tables as well, whose columns
 * may be null where the table's are not. What foreign tables promise nobody makes sure of.
 */
export function neverNullOf({ columns, relations, types }: Stored): ReadonlySet<string> {
  const domains = notNullDomains(types)
  // a view's column has the type of what may have gone through an outer join
  const tables = new Set(relations.flatMap(({ oid, kind }) => (kind === 'r' || kind === 'p' ? [oid] : [])))
  const holds = (row: ColumnRow) => tables.has(row.relation) && (row.notNullHolds || domains.has(row.type))
  const neverNull = new Set(columns.filter(holds).map((row) => keyOfColumn(row.relation, row.number)))

  const parents = new Map(relations.flatMap((row) => (row.parents.length > 0 ? [[row.oid, row.parents]] : [])))
  const byRelation = groupBy(columns, ({ relation }) => relation)
  const pending = columns.filter((row) => parents.has(row.relation) && !holds(row))
  for (let row = pending.pop(); row !== undefined; row = pending.pop()) {
    for (const parent of parents.get(row.relation) ?? []) {
      const inherited = byRelation.get(parent)?.find(({ name }) => name === row.name)
      const wasNever = inherited && neverNull.delete(keyOfColumn(parent, inherited.number))
      if (inherited && wasNever) pending.push(inherited)
    }
  }
  return neverNull
}

/** Domains that are NOT NULL themselves or are over one that is. */
function notNullDomains(types: readonly TypeRow[]): ReadonlySet<number> {
  const domains = new Map(types.filter(({ kind }) => kind === 'd').map((row) => [row.oid, row]))
  const isNotNull = (oid: number): boolean => {
    const domain = domains.get(oid)
    return domain !== undefined && (domain.notNull || isNotNull(domain.base))
  }
  return new Set([...domains.keys()].filter(isNotNull))
}
