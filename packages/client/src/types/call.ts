import type { PrintedRequest } from '@rolecast/grammar'
import type { ApiError } from '../errors/api-error.js'
import type { CallOptions } from '../options.js'

/** The outcome of a call as a value: for those who would rather test than catch. */
export type Result<R> = { readonly data: R; readonly error: null } | { readonly data: null; readonly error: ApiError }

/**
 * One call of the API, not sent yet: it is sent when it is awaited, and again each time it is. Rejects with an
 * `ApiError`.
 */
export interface Call<out R> extends PromiseLike<R> {
  /** Sends the call; never rejects for what the API or the network did. */
  result(): Promise<Result<R>>
  /** The same call with options of its own: a token, a signal, a timeout, headers. */
  with(options: CallOptions): this
  /** What would be requested, as an absolute URL. */
  toURL(): string
  /** What would be sent, without the token: for tests, logs and cache keys. */
  toRequest(): PrintedRequest
}
