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

/** What one call can have of its own. What is undefined changes nothing. */
export interface CallOptions {
  /** null: anonymous */
  readonly token?: TokenSource | null | undefined
  /**
   * Whom the calls are for: an id of the user, or a function that gives it for each call. It keeps the tokens and cached
   * answers of users apart (see `keepToken` and the keys of TanStack Query). No secret: keys of caches hold it.
   */
  readonly user?: string | null | (() => string | null | undefined) | undefined
  /** beside those of the client; names are the same in any case */
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined
  /** ends the call, as does the client's */
  readonly signal?: AbortSignal | undefined
  /**
   * milliseconds that one try, the token, and each further piece of the answer may take; default 10,000. False: without end
   */
  readonly timeout?: number | false | undefined
  /**
   * milliseconds for all of the call: token, tries, waits between them, body. Default: three times `timeout`, but without
   * end for `streamRows`. A server's `Retry-After` that is later is not waited for.
   */
  readonly deadline?: number | false | undefined
  /** of GET and HEAD: how often and when; default twice, with backoff and jitter, heeding `Retry-After` */
  readonly retry?: number | RetryOptions | undefined
  /** bytes of a response's body; default 64 MiB, of `streamRows` for each row. False: any number */
  readonly maxResponseBytes?: number | false | undefined
  /**
   * characters of a URL; default 8,000, what common servers take. A longer one is not sent: the call fails at once.
   * `chunked(query)` asks for long lists in parts.
   */
  readonly maxUrlLength?: number | false | undefined
  /** true: call functions by POST only, so that arguments are in no URL, and thus in no server's log */
  readonly post?: boolean | undefined
  readonly cache?: 'default' | 'force-cache' | 'no-cache' | 'no-store' | 'only-if-cached' | 'reload' | undefined
  readonly credentials?: 'include' | 'omit' | 'same-origin' | undefined
}

export interface ConnectOptions extends CallOptions {
  /** the API's base URL: http or https, without credentials; in a browser also a path of its own server, `/api` */
  readonly url: string
  /** instead of the global one: a server's own, a test's, one that logs */
  readonly fetch?: NonNullable<Options['fetch']>
  /** ky's hooks: they see requests with their tokens */
  readonly hooks?: Hooks
}
