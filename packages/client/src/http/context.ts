import type { CallOptions, ConnectOptions } from '../options.js'
import type { Bigints } from '../query/bigints.js'

/** What every call of a client shares. */
export interface Context {
  readonly role: string
  /** without a slash at its end */
  readonly url: string
  readonly options: Omit<ConnectOptions, 'url'>
  /** where int8 is bigint */
  readonly bigints?: Bigints | undefined
}

/** @throws TypeError for a base URL that is not plain http or https */
export function createContext(role: string, options: ConnectOptions, bigints?: Bigints): Context {
  const [, url] = /^(https?:\/\/[^@\s\\?#]+?)\/*$/.exec(options.url) ?? []
  if (!url) throw new TypeError('url must be http(s), without credentials or query')
  return withOptions({ role, url, options: {}, bigints }, options)
}

/** Options that are undefined change nothing. */
export function withOptions(context: Context, changes: CallOptions): Context {
  const { options } = context
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  return { ...context, options: { ...options, ...given, headers: { ...options.headers, ...changes.headers } } }
}

/** Whom a call is for, as the app says; null where it does not. */
export function userOf({ options: { user } }: Context): string | null {
  return (typeof user === 'function' ? user() : user) ?? null
}
