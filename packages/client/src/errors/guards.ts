import type { ApiError, ApiErrorName } from './api-error.js'

/**
 * Whether it is an `ApiError`, of this code if one is given. By its brand, as all guards here: so it may be of another
 * client, or have gone through JSON or `structuredClone`.
 */
export function isApiError(error: unknown, code?: ApiError['code']): error is ApiError {
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
export function isRowSecurityViolation(error: unknown): error is ApiError {
  return isPermissionDenied(error) && error.message.includes('row-level security')
}

/** There is no row where exactly one was asked for, or no such relation or function. */
export function isNotFound(error: unknown): error is ApiError {
  if (!isApiError(error)) return false
  return error.status === 404 || (error.code === 'PGRST116' && /\b0 rows/.test(error.details ?? ''))
}

/** There are several rows where one was asked for. */
export function isTooManyRows(error: unknown): error is ApiError {
  return isApiError(error, 'PGRST116') && !isNotFound(error)
}

/** The response cannot have the asked-for form. */
export const isNotAcceptable = /* @__PURE__ */ withStatus((status) => status === 406)

/** There is no token, or the API does not take it. An anonymous role that lacks a privilege is no such case. */
export function isUnauthorized(error: unknown): error is ApiError {
  return isApiError(error) && error.status === 401 && error.code !== '42501'
}

/** The API, or its database, is not there right now. */
export const isUnavailable = /* @__PURE__ */ withStatus((status) => status >= 502 && status <= 504)

/** No answer in time, or the database stopped a statement that took too long. */
export function isTimeout(error: unknown): error is ApiError {
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

function withName(name: ApiErrorName): (error: unknown) => error is ApiError {
  return (error): error is ApiError => isApiError(error) && error.name === name
}

function withCode(code: ApiError['code']): (error: unknown) => error is ApiError {
  return (error): error is ApiError => isApiError(error, code)
}

function withStatus(test: (status: number) => boolean): (error: unknown) => error is ApiError {
  return (error): error is ApiError => isApiError(error) && test(error.status)
}
