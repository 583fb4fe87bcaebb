import type { PrintedRequest } from '@rolecast/grammar'
import type { ApiError } from '../errors/api-error.js'
import type { CallOptions } from '../options.js'

/** The outcome of a call as a value: for those who would rather test than catch. */
export type Result<R> = { readonly data: R; readonly error: null } | { readonly data: null; readonly error: ApiError }

/** What came back, with what the response says besides. */
export interface WithResponse<R> {
  readonly data: R
  readonly status: number
  readonly headers: Headers
}

/** The same of a write. */
export interface WithWriteResponse<R> extends WithResponse<R> {
  /** where the one row that was inserted is */
  readonly location: string | null
  /** how many rows the write hit, where the server says it */
  readonly affected: number | null
}

/**
 * One call of the API, not sent yet: it is sent when it is awaited. A read is sent again each time it is, a write and a
 * function that may write only once. Rejects with an `ApiError`.
 */
export interface Call<out R> extends PromiseLike<R> {
  readonly gives_: R
  catch<B = never>(rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<R | B>
  finally(settled?: (() => void) | null): Promise<R>
  /** Sends the call; never rejects. */
  result(): Promise<Result<R>>
  /** The result with the response's status and headers. */
  withResponse(): Call<WithResponse<R>>
  /** The same call with options of its own: a token, a signal, a timeout, headers. */
  with(options: CallOptions): this
  /** What would be requested, as an absolute URL. */
  toURL(): string
  /** What would be sent, without the token: for tests, logs and cache keys. */
  toRequest(): PrintedRequest
}

/** A call that changes rows. */
export interface WriteCall<out R> extends Call<R> {
  readonly writes_: true
  /** The result with the response's status and headers, its `Location`, and how many rows were hit. */
  withResponse(): Call<WithWriteResponse<R>>
}
