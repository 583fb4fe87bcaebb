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
    case 'csv':
      return csvSql(result)
    case 'geojson':
      return `json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(ST_AsGeoJSON(${result})::json), '[]'))`
    case 'custom':
      return encodedSql(customSql(handler, isScalar ? item : result), handler.encoding)
  }
}

function singleSql(value: string, strip: boolean): string {
  return `coalesce(${strip ? `json_strip_nulls(${value})` : value}, 'null')`
}

function arraySql(value: string, strip: boolean): string {
  return `coalesce(${strip ? `json_strip_nulls(${value})` : value}, '[]')`
}

/** A header of the first row's keys, then the rows in PostgreSQL's own notation without its parentheses. */
function csvSql(result: string): string {
  const row = `${result}::text`
  const keys = `(SELECT coalesce(string_agg(key, ','), '') FROM json_object_keys((json_agg(row_to_json(${result}))->0)) AS key)`
  return `coalesce(${keys}, '') || E'\\n' || coalesce(string_agg(substring(${row}, 2, length(${row}) - 2), E'\\n'), '')`
}

/** Without an aggregate there is one value, and a way to it through the aggregates around. */
function customSql({ aggregate, rowType }: CustomHandler, item: string): string {
  if (aggregate === null) return `(array_agg(${item}))[1]`
  return `${aggregate}(${rowType === null ? item : `${item}::${rowType}`})`
}

function encodedSql(value: string, encoding: BodyEncoding): string {
  if (encoding === 'text') return `(${value})::text`
  return encoding === 'bytea' ? `(${value})::bytea` : `jsonb_send((${value})::jsonb)`
}
