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

export function negativeLimit(): ApiError {
  return pgrstError('PGRST103', unsatisfiable, 'Limit should be greater than or equal to zero.')
}

export function reversedRange(): ApiError {
  const details = 'The lower boundary must be lower than or equal to the upper boundary in the Range header.'
  return pgrstError('PGRST103', unsatisfiable, details)
}

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
