import type { GrammarError } from '@rolecast/grammar/parse'
import { ApiError } from './api-error.js'
import { pgrstError } from './pgrst-error.js'
import { shorten } from './shorten.js'

/** What can be wrong with a request before the database is asked; the wording is PostgREST's. */

export function grammarError({ code, message, details, hint }: GrammarError): ApiError {
  return pgrstError(
    code,
    shorten(message),
    details === null ? null : shorten(details),
    hint === null ? null : shorten(hint),
  )
}

export function urlTooLong(most: number): ApiError {
  return new ApiError(414, 'PGRST100', 'The URL is too long', `It has more than ${most} characters.`)
}

/** db-require-filter; in the form that the extension pg-safeupdate has for it. */
export function filterRequired(command: 'UPDATE' | 'DELETE'): ApiError {
  return new ApiError(400, '21000', `${command} requires a WHERE clause`)
}

export function methodNotForRoutines(method: string): ApiError {
  return pgrstError('PGRST101', `Cannot use the ${method} method on RPC`)
}

export function invalidBody(message: string, details: string | null = null): ApiError {
  return pgrstError('PGRST102', message, details)
}

const unsatisfiable = 'Requested range not satisfiable'

export function offsetBeyondTotal(offset: number, total: number): ApiError {
  const details = `An offset of ${offset} was requested, but there are only ${total} rows.`
  return pgrstError('PGRST103', unsatisfiable, details)
}

export function putNeedsPrimaryKeyFilters(): ApiError {
  return pgrstError('PGRST105', "Filters must include all and only primary key columns with 'eq' operators")
}

export function schemaNotExposed(schema: string, exposed: readonly string[]): ApiError {
  const hint = `Only the following schemas are exposed: ${exposed.join(', ')}`
  return pgrstError('PGRST106', `Invalid schema: ${schema}`, null, hint)
}

export function notAcceptable(accept: readonly string[]): ApiError {
  return pgrstError('PGRST107', `None of these media types are available: ${accept.join(', ')}`)
}

export function limitOnPut(): ApiError {
  return pgrstError('PGRST114', 'limit/offset querystring parameters are not allowed for PUT')
}

export function putPayloadDiffers(): ApiError {
  return pgrstError('PGRST115', 'Payload values do not match URL in primary key column(s)')
}

export function notSingular(rows: number): ApiError {
  const message = 'Cannot coerce the result to a single JSON object'
  return pgrstError('PGRST116', message, `The result contains ${rows} rows`)
}

export function unsupportedMethod(method: string): ApiError {
  return pgrstError('PGRST117', `Unsupported HTTP method: ${method}`)
}

export function invalidPreferences(preferences: readonly string[]): ApiError {
  const message = 'Invalid preferences given with handling=strict'
  return pgrstError('PGRST122', message, `Invalid preferences: ${preferences.join(', ')}`)
}

export function tooManyAffected(rows: number): ApiError {
  const message = 'Query result exceeds max-affected preference constraint'
  return pgrstError('PGRST124', message, `The query affects ${rows} rows`)
}

export function invalidPath(): ApiError {
  return pgrstError('PGRST125', 'Invalid path specified in request URL')
}

export function openApiDisabled(): ApiError {
  return pgrstError('PGRST126', 'Root endpoint metadata is disabled')
}

/** @param details which header, and why */
export function invalidResponseHeaders(details: string | null = null): ApiError {
  const message = 'response.headers guc must be a JSON array composed of objects with a single key and a string value'
  return pgrstError('PGRST111', message, details)
}

export function invalidResponseStatus(): ApiError {
  return pgrstError('PGRST112', 'response.status guc must be a valid status code')
}

export function notEmbedded(name: string): ApiError {
  const hint = `Verify that '${name}' is included in the 'select' query parameter.`
  return pgrstError('PGRST108', `'${name}' is not an embedded resource in this request`, null, hint)
}

export function relatedOrderImpossible(origin: string, embed: string): ApiError {
  const details = `'${origin}' and '${embed}' do not form a many-to-one or one-to-one relationship`
  return pgrstError('PGRST118', `A related order on '${embed}' is not possible`, details)
}

export function aggregatesDisabled(): ApiError {
  return pgrstError('PGRST123', 'Use of aggregate functions is not allowed')
}

export function aggregateInSpread(): ApiError {
  const details = 'Aggregates are not implemented for one-to-many or many-to-many spreads.'
  return pgrstError('PGRST127', 'Feature not implemented', details)
}

export function maximumNeedsSet(): ApiError {
  const message = 'Function must return SETOF or TABLE when max-affected preference is used with handling=strict'
  return pgrstError('PGRST128', message)
}

export function columnNotFound(relation: string, column: string): ApiError {
  return pgrstError('PGRST204', `Could not find the '${column}' column of '${relation}' in the schema cache`)
}

/** @param similar the name that may have been meant, where the role may know of it */
export function relationNotFound(schema: string, name: string, similar: string | null): ApiError {
  const hint = similar === null ? null : `Perhaps you meant the table '${schema}.${similar}'`
  return pgrstError('PGRST205', `Could not find the table '${schema}.${name}' in the schema cache`, null, hint)
}
