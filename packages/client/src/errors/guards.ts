import type { ApiError, ApiErrorCode, ApiErrorName } from './api-error.js'

// A guard says more than that it is an `ApiError`: otherwise an `ApiError` that it is not about would have the type never.
type WithCode<C extends ApiErrorCode> = ApiError & { readonly code: C }
type WithStatus<S extends number> = ApiError & { readonly status: S }
type WithName<N extends ApiErrorName> = ApiError & { readonly name: N }

/**
 * Whether it is an `ApiError`, of this code if one is given. By its brand, as all guards here: so it may be of another
 * client, or have gone through JSON or `structuredClone`.
 */
export function isApiError(error: unknown): error is ApiError
export function isApiError<C extends ApiErrorCode>(error: unknown, code: C): error is WithCode<C>
export function isApiError(error: unknown, code?: ApiErrorCode): error is ApiError {
  const { brand, code: own } = (error ?? {}) as Partial<ApiError>
  return brand === 'rolecast' && (code === undefined || own === code)
}

export const isUniqueViolation = /* @__PURE__ */ withCode('23505')
export const isForeignKeyViolation = /* @__PURE__ */ withCode('23503')
export const isCheckViolation = /* @__PURE__ */ withCode('23514')
export const isNotNullViolation = /* @__PURE__ */ withCode('23502')
export const isExclusionViolation = /* @__PURE__ */ withCode('23P01')

/** The role lacks a privilege, or row-level security refused a row that was to be written. */
export const isPermissionDenied = /* @__PURE__ */ withCode('42501')

/** A row that was to be written did not pass a row-level security policy. */
export function isRowSecurityViolation(error: unknown): error is WithCode<'42501'> {
  return isPermissionDenied(error) && error.message.includes('row-level security')
}

/** There is no row where exactly one was asked for, or no such relation or function. */
export function isNotFound(error: unknown): error is WithStatus<404> | WithCode<'PGRST116'> {
  if (!isApiError(error)) return false
  return error.status === 404 || (error.code === 'PGRST116' && /\b0 rows/.test(error.details ?? ''))
}

/** There are several rows where one was asked for. */
export function isTooManyRows(error: unknown): error is WithCode<'PGRST116'> {
  return isApiError(error, 'PGRST116') && !isNotFound(error)
}

/** The response cannot have the asked-for form. */
export const isNotAcceptable = /* @__PURE__ */ withStatus(406)

/** There is no token, or the API does not take it. An anonymous role that lacks a privilege is no such case. */
export function isUnauthorized(error: unknown): error is WithStatus<401> {
  return isApiError(error) && error.status === 401 && error.code !== '42501'
}

/** The API, or its database, is not there right now. */
export const isUnavailable = /* @__PURE__ */ withStatus(502, 503, 504)

/** No answer in time, or the database stopped a statement that took too long. */
export function isTimeout(error: unknown): error is WithName<'TimeoutError'> | WithCode<'57014'> {
  return isTimeoutError(error) || isApiError(error, '57014')
}

const isTimeoutError = /* @__PURE__ */ withName('TimeoutError')

/** The request did not reach the API, or its answer did not come back. */
export const isNetworkError = /* @__PURE__ */ withName('NetworkError')

/** A signal of the call, or the client's `reset()`, ended it. */
export const isAborted = /* @__PURE__ */ withName('AbortError')

/** What came back is no answer of the API. */
export const isResponseError = /* @__PURE__ */ withName('ResponseError')

/** The name of the constraint that a write violated, as PostgreSQL's English messages give it; null of anything else. */
export function constraintOf(error: unknown): string | null {
  if (!isApiError(error)) return null
  return /(?:constraint|column) "(.*?)"(?= of relation|$| on table)/s.exec(error.message)?.[1] ?? null
}

function withName<N extends ApiErrorName>(name: N): (error: unknown) => error is WithName<N> {
  return (error): error is WithName<N> => isApiError(error) && error.name === name
}

function withCode<C extends ApiErrorCode>(code: C): (error: unknown) => error is WithCode<C> {
  return (error): error is WithCode<C> => isApiError(error, code)
}

function withStatus<S extends number>(...statuses: readonly S[]): (error: unknown) => error is WithStatus<S> {
  return (error): error is WithStatus<S> => isApiError(error) && statuses.some((status) => status === error.status)
}
