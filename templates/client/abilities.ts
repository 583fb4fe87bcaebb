import { literal } from '../writing/literals.js'
import type { ColumnModel } from './model.js'

/** What sum() and avg() take, by base type (tried on PostgreSQL 14 and 18; `time` as an interval). */
const summed = new Set(['int2', 'int4', 'int8', 'numeric', 'float4', 'float8', 'interval', 'time'])

/** What min() and max() take. */
const ranked = new Set([
  ...summed,
  ...['money', 'oid', 'text', 'varchar', 'bpchar', 'char', 'name', 'citext', 'inet', 'cidr', 'pg_lsn', 'tid'],
  ...['date', 'timetz', 'timestamp', 'timestamptz', 'enum', 'array'],
  ...['regclass', 'regcollation', 'regconfig', 'regdictionary', 'regnamespace', 'regoper', 'regoperator', 'regproc'],
  ...['regprocedure', 'regrole', 'regtype'],
])

/** What has no order. */
const unordered = new Set([
  ...['json', 'jsonpath', 'xml', 'xid', 'cid', 'aclitem', 'refcursor', 'pg_snapshot', 'txid_snapshot', 'list'],
  ...['point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle'],
])

export type Ability = 'ordered' | 'ranked' | 'summed'

/** Whether rows can be ordered by values of a type; whether min() and max(), sum() and avg() take them. */
export type Abilities = { readonly [ability in Ability]: boolean }

export function abilitiesOf(base: string): Abilities {
  return { ordered: !unordered.has(base), ranked: ranked.has(base), summed: summed.has(base) }
}

/**
 * The members of a table's interface that say which of its columns PostgreSQL can order by and aggregate. `fields`: the
 * interface of these columns. `named`: those that conditions and orders can name, if not all.
 */
export function abilityMembers(
  fields: string,
  columns: readonly ColumnModel[],
  named: readonly ColumnModel[] = columns,
): string[] {
  return (['ordered', 'ranked', 'summed'] as const).map((ability) => {
    const able = columns.filter(
      (column) => column.type.abilities[ability] && (ability !== 'ordered' || named.includes(column)),
    )
    const unable = columns.filter((column) => !able.includes(column))
    const all = `keyof ${fields}`
    if (unable.length >= able.length) return `  ${ability}: ${able.length === 0 ? 'never' : union(able)}`
    return `  ${ability}: ${unable.length === 0 ? all : `Exclude<${all}, ${union(unable)}>`}`
  })
}

function union(columns: readonly ColumnModel[]): string {
  return columns.map(({ property }) => literal(property)).join(' | ')
}
