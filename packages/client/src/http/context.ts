import type { CallOptions, ConnectOptions } from '../options.js'
import type { Bigints } from '../query/bigints.js'
import { type TokenKeeper, tokenKeeper } from './token.js'

/** What every call of a client shares. */
export interface Context {
  readonly role: string
  /** without a slash at its end */
  readonly url: string
  readonly options: ConnectOptions
  readonly token: TokenKeeper
  /** where int8 is bigint */
  readonly bigints?: Bigints | undefined
}

/** @throws TypeError for a base URL that is not plain http or https */
export function createContext(role: string, options: ConnectOptions, bigints?: Bigints): Context {
  if (!/^https?:\/\/[^@\s\\?#]+$/.test(options.url)) {
    throw new TypeError('url must be http:// or https://, without credentials, query or spaces')
  }
  return { role, url: options.url.replace(/\/+$/, ''), options, token: tokenKeeper(options), bigints }
}

export function withOptions(context: Context, options: CallOptions): Context {
  return {
    ...context,
    options: { ...context.options, ...options, headers: { ...context.options.headers, ...options.headers } },
    token: 'token' in options ? tokenKeeper(options) : context.token,
  }
}
