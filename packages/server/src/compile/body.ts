import type { BodyEncoding, CustomHandler, MediaHandler } from '../schema-cache/media-handlers.js'
import { identifier } from '../sql/quote.js'

/** The rows that a body is made of. */
export const resultAlias = '_postgrest_t' // it is in messages of PostgreSQL

/** The column that a function's scalar result is in. CSV has it as the header, so it is called as in PostgREST. */
export const scalarColumn = 'pgrst_scalar'

/** What one row of the result is. */
export type ResultForm =
  | 'rows'
  /** one row, which is the result itself */
  | 'row'
  | 'scalars'
  | 'scalar'

/** The body of a response as an aggregate over `resultAlias`. json goes out as it is: as text it would be copied twice. */
export function bodySql(handler: MediaHandler, form: ResultForm): string {
  const result = identifier(resultAlias)
  const isScalar = form === 'scalar' || form === 'scalars'
  const item = isScalar ? `${result}.${identifier(scalarColumn)}` : result
  const isSingle = form === 'scalar' || form === 'row'
  switch (handler.kind) {
    case 'json':
      return isSingle ? singleSql(`json_agg(${item})->0`, false) : arraySql(`json_agg(${item})`, false)
    case 'json-stripped':
      return isSingle ? singleSql(`json_agg(${item})->0`, true) : arraySql(`json_agg(${item})`, true)
    case 'object':
      return singleSql(`json_agg(${item})->0`, false)
    case 'object-stripped':
      return singleSql(`json_agg(${item})->0`, true)
    case 'ndjson':
      return `coalesce(string_agg(${jsonLine(item)} || E'\\n', ''), '')`
    case 'csv':
      return csvSql(result)
    case 'geojson':
      return `json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(ST_AsGeoJSON(${result})::json), '[]'))`
    case 'custom':
      return encodedSql(customSql(handler, isScalar ? item : result), handler.encoding)
  }
}

/** Where a plan is answered row by row: a row as a line, and, beside the first one, what stands before it. */
export function lineSql({ kind }: MediaHandler, isScalar: boolean): string {
  const result = identifier(resultAlias)
  if (kind !== 'csv') return jsonLine(isScalar ? `${result}.${identifier(scalarColumn)}` : result)
  return `left(substr(${result}::text, 2), -1), CASE WHEN row_number() OVER () = 1 THEN ${csvKeys(result)} END`
}

/** A column of type json may have line breaks between its tokens. */
function jsonLine(item: string): string {
  return `replace(to_json(${item})::text, E'\\n', ' ')`
}

function csvKeys(row: string): string {
  return `(SELECT string_agg(key, ',') FROM json_object_keys(row_to_json(${row})) AS key)`
}

function singleSql(value: string, strip: boolean): string {
  return `coalesce(${strip ? `json_strip_nulls(${value})` : value}, 'null')`
}

function arraySql(value: string, strip: boolean): string {
  return `coalesce(${strip ? `json_strip_nulls(${value})` : value}, '[]')`
}

/** The rows of a body: for CSV each as one column, with its number, so that the header is made of the first one alone. */
export function bodyRowsSql({ kind }: MediaHandler, rows: string): string {
  if (kind !== 'csv') return rows
  const row = identifier(csvRow)
  return `SELECT ${row}, row_number() OVER () AS ${identifier(csvNumber)} FROM (${rows}) AS ${row}`
}

const csvRow = 'rolecast_row'
const csvNumber = 'rolecast_number'

/** A header of the first row's keys, then the rows in PostgreSQL's own notation without its parentheses, each made once. */
function csvSql(result: string): string {
  const row = `${result}.${identifier(csvRow)}`
  const header = `max(CASE WHEN ${result}.${identifier(csvNumber)} = 1 THEN ${csvKeys(row)} END)`
  return `coalesce(${header}, '') || E'\\n' || coalesce(string_agg(left(substr(${row}::text, 2), -1), E'\\n'), '')`
}

/** Whether a body is of type bytea. */
export function isBytes(handler: MediaHandler | null): boolean {
  return handler?.kind === 'custom' && (handler.encoding === 'bytea' || handler.encoding === 'jsonb')
}

/** Without an aggregate there is one value, and a way to it through the aggregates around. */
function customSql({ aggregate, rowType }: CustomHandler, item: string): string {
  if (aggregate === null) return `(array_agg(${item}))[1]`
  return `${aggregate}(${rowType === null ? item : `${item}::${rowType}`})`
}

function encodedSql(value: string, encoding: BodyEncoding): string {
  return encoding === 'jsonb' ? `jsonb_send((${value})::jsonb)` : `(${value})::${encoding}`
}
