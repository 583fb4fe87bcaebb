import type { Hooks, Options, RetryOptions } from 'ky'

/** Why a token is asked for. */
export interface TokenRequest {
  /** whom the call is for, as the option `user` says; null: not known */
  readonly user: string | null
  /** the token that the server has just called expired */
  readonly refused?: string | undefined
}

/**
 * Where the bearer token comes from. A function is asked for each call, in the call's own asynchronous context, and told
 * why: for a `request`, or because the server said that the last token `expired`. Null: no token. `keepToken(source)`
 * keeps what it gave for the calls of one user.
 */
export type TokenSource =
  | string
  | ((
      reason: 'request' | 'expired',
      request: TokenRequest,
    ) => string | null | undefined | PromiseLike<string | null | undefined>)

/** What one call can have of its own. */
export interface CallOptions {
  /** null: anonymous */
  readonly token?: TokenSource | null
  /**
   * Whom the calls are for: an id of the user, or a function that gives it for each call. It keeps the tokens and cached
   * answers of users apart (see `keepToken` and the keys of TanStack Query). No secret: keys of caches hold it.
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
