import type { Hooks, Options, RetryOptions } from 'ky'

/**
 * Where the bearer token comes from. A function is asked for each call, in the call's own asynchronous context, and told
 * why: for a `request`, or because the server said that the last token `expired`. Null: no token. See `user` for tokens
 * that several calls may share.
 */
export type TokenSource =
  | string
  | ((reason: 'request' | 'expired') => string | null | undefined | Promise<string | null | undefined>)

/** What one call can have of its own. */
export interface CallOptions {
  /** null: anonymous */
  readonly token?: TokenSource | null
  /**
   * Whom the calls are for: an id of the user, or a function that gives it for each call. No secret, since keys of caches
   * hold it. Where it is given, the token that a promise gave is kept for this user until shortly before its `exp`, and
   * calls of this user wait for it together. Where it is not, or null, every call asks for its own token.
   */
  readonly user?: string | null | (() => string | null | undefined)
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal
  /** milliseconds until the response must have begun; default 10,000 */
  readonly timeout?: number | false
  /** of GET and HEAD: how often and when; default twice, with backoff and jitter, heeding `Retry-After` */
  readonly retry?: number | RetryOptions
  /** bytes of a response's body; default 64 MiB */
  readonly maxResponseBytes?: number
  /**
   * characters of a URL; default 8,000, what common servers take. A longer one is not sent: the call fails at once.
   * `chunked(query)` asks for long lists in parts.
   */
  readonly maxUrlLength?: number
  readonly cache?: RequestCache
  readonly credentials?: RequestCredentials
}

export interface ConnectOptions extends CallOptions {
  /** the API's base URL: http or https, without credentials */
  readonly url: string
  /** instead of the global one: a server's own, a test's, one that logs */
  readonly fetch?: NonNullable<Options['fetch']>
  /** ky's hooks: they see requests with their tokens */
  readonly hooks?: Hooks
}
