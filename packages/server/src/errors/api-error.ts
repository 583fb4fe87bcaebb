/**
 * An error that is a response: PostgREST's JSON form ("Errors" in its manual). PostgreSQL's errors become one too.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly status: number,
    /** PGRST… or an SQLSTATE */
    readonly code: string,
    message: string,
    readonly details: unknown = null,
    readonly hint: string | null = null,
    readonly headers: readonly (readonly [name: string, value: string])[] = [],
    /** what stands behind the status; null: its own words */
    readonly statusText: string | null = null,
  ) {
    super(message)
  }
}
