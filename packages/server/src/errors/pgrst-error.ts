import { ApiError } from './api-error.js'
import { type PgrstCode, statusOfCode } from './codes.js'

/** An error of the table in codes.ts, with the status that goes with its code. */
export function pgrstError(
  code: PgrstCode,
  message: string,
  details: unknown = null,
  hint: string | null = null,
  headers: readonly (readonly [name: string, value: string])[] = [],
): ApiError {
  return new ApiError(statusOfCode[code], code, message, details, hint, headers)
}
