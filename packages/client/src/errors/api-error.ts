/** Codes worth completing in an editor; any other SQLSTATE or PGRST code may come. */
export type ApiErrorCode =
  | '22P02'
  | '23502'
  | '23503'
  | '23505'
  | '23514'
  | '23P01'
  | '40001'
  | '42501'
  | '57014'
  | 'P0001'
  | 'PGRST116'
  | 'PGRST301'
  | 'PGRST303'
  | (string & {})

export interface ApiErrorDetails {
  readonly message: string
  /** SQLSTATE of PostgreSQL, or PGRST…; empty where there was no answer that says one */
  readonly code?: ApiErrorCode | undefined
  readonly details?: string | null | undefined
  readonly hint?: string | null | undefined
  /** HTTP status; 0 without a response */
  readonly status?: number
  /** of the request */
  readonly method?: string
  /** of the request, without its query: that may hold personal data */
  readonly path?: string
  readonly cause?: unknown
}

/** Why a call failed. What the API answered, or one of the subclasses where there is no proper answer. */
export class ApiError extends Error {
  override readonly name: string = 'ApiError'
  declare readonly code: ApiErrorCode
  declare readonly details: string | null
  declare readonly hint: string | null
  declare readonly status: number
  declare readonly method: string
  declare readonly path: string

  /** Takes of `about` what is said there, and nothing else: it may be a whole request. */
  constructor(about: ApiErrorDetails) {
    const { code = '', details = null, hint = null, status = 0, method = '', path = '' } = about
    super(about.message, about)
    Object.assign(this, { code, details, hint, status, method, path })
  }
}

/** The request did not reach the API, or its answer did not come back. */
export class NetworkError extends ApiError {
  override readonly name = 'NetworkError'
}

/** The response did not begin in time. */
export class TimeoutError extends ApiError {
  override readonly name = 'TimeoutError'
}

/** The call's signal was aborted. */
export class AbortError extends ApiError {
  override readonly name = 'AbortError'
}

/** What came back is no answer of the API: no JSON where some was due, or more of it than allowed. */
export class ResponseError extends ApiError {
  override readonly name = 'ResponseError'
}

/** The token's source failed, or gave what is no bearer token. */
export class TokenError extends ApiError {
  override readonly name = 'TokenError'
}
