import type { Hooks, Options, RetryOptions } from 'ky'

/**
 * Where the bearer token comes from. A function is told why it is asked: for a `request`, or because the server said
 * that the last one `expired`. What a promise gave is kept until shortly before the token's `exp`, and asked for once
 * for all calls that wait; what a function returns directly is asked for each time. Null: no token.
 */
export type TokenSource =
  | string
  | ((reason: 'request' | 'expired') => string | null | undefined | Promise<string | null | undefined>)

/** What one call can have of its own. */
export interface CallOptions {
  /** null: anonymous */
  readonly token?: TokenSource | null
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
