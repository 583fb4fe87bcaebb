import type { PayloadForm } from '../parse/payload.js'
import { type Delete, everyColumn, type Insert, type Update, type WritePlan, type WrittenColumn } from '../plan/plan.js'
import type { CachedRelation, RoutineParameter } from '../schema-cache/schema-cache.js'
import { identifier, literal, qualified } from '../sql/quote.js'
import { columnSql, conditionsSql, whereSql } from './conditions.js'
import type { Parameters } from './statement.js'

/** Messages of PostgreSQL name it, so it is called as in PostgREST. */
const bodyAlias = 'pgrst_body'
const insertedSetting = 'rolecast.inserted'

/** The writing statement, as a common table expression has it. */
export function writeSql({ write, relation, returning }: WritePlan, parameters: Parameters): string {
  const returns = returningSql(returning, relation)
  switch (write.kind) {
    case 'insert':
      return insertSql(write, relation, parameters) + returns
    case 'update':
      return updateSql(write, relation, returning, parameters) ?? ''
    case 'delete':
      return `DELETE FROM ${nameOf(relation)}${filterSql(write, relation.name, parameters)}${returns}`
  }
}

/** SQL of how many rows an upsert inserted, for after the statement has run. */
export const insertedSql = `nullif(current_setting('${insertedSetting}', true), '')`

function insertSql(insert: Insert, relation: CachedRelation, parameters: Parameters): string {
  const { columns, conflict, where, countInserted } = insert
  const list = columns.length === 0 ? '' : `(${columns.map(({ name }) => identifier(name)).join(', ')})`
  const conditions = conditionsSql(where, bodyAlias, [], () => 'FALSE', parameters)
  if (countInserted) conditions.push(countingSql('+ 1'))
  const rows = `SELECT ${bodyColumns(columns)} FROM ${bodySql(insert, columns, parameters)}${whereSql(conditions)}`
  return `INSERT INTO ${nameOf(relation)}${list} ${rows}${conflict === null ? '' : conflictSql(conflict, columns, countInserted)}`
}

function conflictSql(
  { columns, action }: NonNullable<Insert['conflict']>,
  written: readonly WrittenColumn[],
  counts: boolean,
): string {
  const target = ` ON CONFLICT (${columns.map(identifier).join(', ')})`
  if (action === 'nothing' || written.length === 0) return `${target} DO NOTHING`
  const set = written.map(({ name }) => `${identifier(name)} = EXCLUDED.${identifier(name)}`).join(', ')
  return `${target} DO UPDATE SET ${set}${counts ? ` WHERE ${countingSql('- 1')}` : ''}`
}

/** Always true: counts rows on the way, in a setting that ends with the transaction. */
function countingSql(step: string): string {
  const before = `coalesce(nullif(current_setting('${insertedSetting}', true), '')::int, 0)`
  return `set_config('${insertedSetting}', (${before} ${step})::text, true) <> ''`
}

/** Without a column there is nothing to set: no row changes, but the columns of the result are there. */
function updateSql(
  update: Update,
  relation: CachedRelation,
  returning: readonly string[] | null,
  parameters: Parameters,
): string {
  const { columns } = update
  const table = nameOf(relation)
  if (columns.length === 0) {
    return `SELECT ${returningList(returning, relation)} FROM ${table} WHERE FALSE`
  }
  const set = columns.map(({ name }) => `${identifier(name)} = ${columnSql(bodyAlias, name)}`).join(', ')
  const from = bodySql(update, columns, parameters)
  return `UPDATE ${table} SET ${set} FROM ${from}${filterSql(update, relation.name, parameters)}${returningSql(returning, relation)}`
}

function filterSql({ where }: Update | Delete, alias: string, parameters: Parameters): string {
  return whereSql(conditionsSql(where, alias, [], () => 'FALSE', parameters))
}

function returningSql(returning: readonly string[] | null, relation: CachedRelation): string {
  return ` RETURNING ${returningList(returning, relation)}`
}

function returningList(returning: readonly string[] | null, relation: CachedRelation): string {
  const own =
    returning?.filter(
      (name) => name === everyColumn || !returning.includes(everyColumn) || !relation.columns.has(name),
    ) ?? []
  if (own.length === 0) return '1'
  return own
    .map((name) => (name === everyColumn ? `${identifier(relation.name)}.*` : columnSql(relation.name, name)))
    .join(', ')
}

const nameOf = ({ schema, name }: CachedRelation) => qualified(schema, name)

function bodyColumns(columns: readonly WrittenColumn[]): string {
  return columns.map(({ name }) => columnSql(bodyAlias, name)).join(', ')
}

interface BodyOptions {
  readonly payload: PayloadForm
  readonly applyDefaults: boolean
}

/** The body's rows as a table called `bodyAlias`, each value in its column's type. PostgreSQL reads the JSON. */
function bodySql(
  { payload, applyDefaults }: BodyOptions,
  columns: readonly WrittenColumn[],
  parameters: Parameters,
): string {
  const body = parameters.place({ from: 'body', binary: false })
  const json = applyDefaults ? 'jsonb' : 'json'
  const plain = `${body}::${json}`
  const document = applyDefaults ? withDefaults(plain, columns, payload) : plain
  if (columns.length === 0) {
    // An object is one row: were it not read, PostgreSQL would not know of its parameter.
    const rows = payload === 'object' ? `${json}_build_array(${document})` : document
    return `${json}_array_elements(${rows}) AS ${identifier(bodyAlias)}`
  }
  const reader = payload === 'object' ? `${json}_to_record` : `${json}_to_recordset`
  const typed = columns
    .map(({ name, type }) => `${identifier(name)} ${applyDefaults && type === 'json' ? 'json' : type}`)
    .join(', ')
  if (columns.every(({ parse }) => parse === null))
    return `${reader}(${document}) AS ${identifier(bodyAlias)}(${typed})`
  const raw = 'rolecast_raw'
  const parsed = columns.map(({ name, parse }) =>
    parse === null ? columnSql(raw, name) : `${parse}(${columnSql(raw, name)}) AS ${identifier(name)}`,
  )
  return `(SELECT ${parsed.join(', ')} FROM ${reader}(${document}) AS ${identifier(raw)}(${typed})) AS ${identifier(bodyAlias)}`
}

/** The document with the columns' defaults where it has no such key, evaluated anew for every row. */
function withDefaults(document: string, columns: readonly WrittenColumn[], form: PayloadForm): string {
  const pairs = columns.flatMap(({ name, default: sql }) => (sql === null ? [] : [`${literal(name)}, ${sql}`]))
  const defaults = `jsonb_build_object(${pairs.join(', ')})`
  if (form === 'object') return `(${defaults} || ${document})`
  return `(SELECT jsonb_agg(${defaults} || item) FROM jsonb_array_elements(${document}) AS item)`
}

/** Arguments of a call that come as a JSON object, as a table called `bodyAlias` of one row. */
export function argumentsSql(given: readonly RoutineParameter[], form: PayloadForm, parameters: Parameters): string {
  const reader = form === 'object' ? 'json_to_record' : 'json_to_recordset'
  const body = parameters.place({ from: 'body', binary: false })
  const typed = given.map(({ name, type }) => `${identifier(name)} ${type}`).join(', ')
  const row = `(SELECT * FROM ${reader}(${body}::json) AS ${identifier('rolecast_raw')}(${typed}) LIMIT 1)`
  return `${row} AS ${identifier(bodyAlias)}`
}

export const argumentSql = ({ name, variadic }: RoutineParameter) =>
  `${variadic ? 'VARIADIC ' : ''}${identifier(name)} => ${columnSql(bodyAlias, name)}`
