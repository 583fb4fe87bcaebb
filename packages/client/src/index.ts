export { chunked } from './chunked.js'
export { type Connection, connect, type Features } from './connect.js'
export { ApiError, type ApiErrorCode, type ApiErrorDetails, type ApiErrorName } from './errors/api-error.js'
export {
  constraintOf,
  isAborted,
  isApiError,
  isCheckViolation,
  isExclusionViolation,
  isForeignKeyViolation,
  isNetworkError,
  isNotAcceptable,
  isNotFound,
  isNotNullViolation,
  isPermissionDenied,
  isResponseError,
  isRowSecurityViolation,
  isTimeout,
  isTooManyRows,
  isUnauthorized,
  isUnavailable,
  isUniqueViolation,
} from './errors/guards.js'
export { AbortError, NetworkError, ResponseError, TimeoutError, TokenError } from './errors/kinds.js'
export { frozen } from './frozen.js'
export { type KeptToken, keepToken } from './keep-token.js'
export type * from './metadata.js'
export type { CallOptions, ConnectOptions, TokenRequest, TokenSource } from './options.js'
export { dateOf } from './query/date-of.js'
export { documents } from './query/documents.js'
export { made } from './query/made.js'
export { ranges } from './query/ranges.js'
export { rpc } from './routine.js'
export { streamRows } from './stream.js'
export type * from './types/aliases.js'
export type * from './types/call.js'
export type * from './types/columns.js'
export type * from './types/filter.js'
export type { Conditions, Insert, Row, TableWith, Update } from './types/helpers.js'
export type * from './types/routine.js'
export type * from './types/rows.js'
export type * from './types/table.js'
export type * from './types/write.js'
export { WritableRelation } from './writable-relation.js'
