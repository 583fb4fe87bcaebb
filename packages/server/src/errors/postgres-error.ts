import { ApiError } from './api-error.js'
import { statusOfState } from './postgres-status.js'
import { raisedResponse } from './raised-response.js'

/** What PostgreSQL says of an error (the fields of its ErrorResponse message). */
export interface PostgresErrorFields {
  readonly code: string
  readonly message: string
  readonly detail?: string | undefined
  readonly hint?: string | undefined
  /** the function of PostgreSQL's source that raised it */
  readonly routine?: string | undefined
}

/**
 * PostgreSQL's error as a response: its own words and SQLSTATE, or what a function asked for by raising it.
 * @param authenticated whether the request came with a token
 */
export function postgresError(error: PostgresErrorFields, authenticated: boolean): ApiError {
  const { code, message, detail = null, hint = null } = error
  if (code === 'PGRST') return raisedResponse(message, detail)
  const status = statusOfState(code, message, authenticated, error.routine)
  const headers: [string, string][] = status === 401 ? [['WWW-Authenticate', 'Bearer']] : []
  // Who asks for a status of its own has its message behind it.
  const statusText = /^PT\d{3}$/.test(code) ? message : null
  return new ApiError(status, code, message, detail, hint, headers, statusText)
}
