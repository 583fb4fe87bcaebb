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

/** The names of errors: `ApiError` for what the API answered, the others where there is no proper answer. */
export type ApiErrorName = 'ApiError' | 'NetworkError' | 'TimeoutError' | 'AbortError' | 'ResponseError' | 'TokenError'

/**
 * Why a call failed: what the API answered, or by its name, which guards ask for, why there is no proper answer. Not made
 * by `Error`'s constructor, though an instance of it: of native errors `structuredClone` keeps the message only, and JSON
 * not even that.
 */
export class ApiError implements Error {
  /** tells errors of generated clients from all others, whichever runtime they have */
  declare readonly brand: 'rolecast'
  declare readonly name: ApiErrorName
  declare readonly message: string
  declare readonly code: ApiErrorCode
  declare readonly details: string | null
  declare readonly hint: string | null
  declare readonly status: number
  declare readonly method: string
  declare readonly path: string
  declare readonly cause?: unknown
  declare readonly stack?: string

  /** Takes of `about` what is said there, and nothing else: it may be a whole request. */
  constructor(about: ApiErrorDetails, name: ApiErrorName = 'ApiError') {
    const { message, code = '', details = null, hint = null, status = 0, method = '', path = '', cause } = about
    Object.assign(this, { brand: 'rolecast', name, message, code, details, hint, status, method, path })
    const stack = new Error(message).stack?.replace('Error', name)
    Object.defineProperties(this, { stack: { value: stack, writable: true }, cause: { value: cause } })
  }
}
Object.setPrototypeOf(ApiError.prototype, Error.prototype)
