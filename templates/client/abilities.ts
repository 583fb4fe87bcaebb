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
