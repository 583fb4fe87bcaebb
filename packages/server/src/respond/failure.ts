import { GrammarError } from '@rolecast/grammar/parse'
import { ApiError } from '../errors/api-error.js'
import { pgrstError } from '../errors/pgrst-error.js'
import { postgresError } from '../errors/postgres-error.js'
import {
  AbandonedError,
  AcquisitionTimeoutError,
  ConnectionFailedError,
  ConnectionLostError,
  DatabaseError,
  ExportsFullError,
  QueueFullError,
} from '../postgres/errors.js'

/**
 * Anything thrown on the way to a response, as the response's error. What it says of itself stays within: only
 * PostgreSQL's answers to the request's own statements are passed on.
 */
export function failureOf(error: unknown, authenticated: boolean): ApiError {
  if (error instanceof ApiError) return error
  if (error instanceof DatabaseError) return postgresError(error, authenticated)
  if (error instanceof AcquisitionTimeoutError) {
    return pgrstError('PGRST003', 'Timed out acquiring connection from connection pool.')
  }
  if (error instanceof QueueFullError || error instanceof ExportsFullError)
    return new ApiError(503, 'PGRST003', error.message) // later there may be room
  if (error instanceof AbandonedError) return new ApiError(499, 'PGRST003', error.message) // nobody reads it
  if (error instanceof ConnectionFailedError) {
    return pgrstError('PGRST000', 'Database connection error.')
  }
  if (error instanceof ConnectionLostError) {
    return pgrstError('PGRST001', 'Database client error. Retrying the connection.')
  }
  if (error instanceof GrammarError) return pgrstError(error.code, error.message, error.details, error.hint)
  return pgrstError('PGRSTX00', 'Internal server error')
}
