import { refuse, wordOf } from '../checks.js'
import type { KeptToken } from '../keep-token.js'
import type { CallOptions, ConnectOptions } from '../options.js'
import type { Documents } from '../query/documents.js'
import type { Made } from '../query/made.js'
import type { Ranges } from '../query/ranges.js'

/** Code for values that not every role has. */
export interface ValueFeatures {
  /** where int8 is bigint, or timestamptz a Date */
  readonly made?: Made
  /** where the role may put conditions on what is inside of documents */
  readonly documents?: Documents
  /** where it may put conditions on ranges */
  readonly ranges?: Ranges
}

/** What every call of a client shares. */
export interface Context {
  readonly role: string
  /** without a slash at its end */
  readonly url: string
  readonly options: Omit<ConnectOptions, 'url' | 'headers' | 'signal'>
  readonly headers: Headers
  /** of the client and of the call: any of them ends it */
  readonly signals: readonly AbortSignal[]
  readonly session: Session
  readonly features: ValueFeatures
}

/** From one `reset()` to the next: the same for a client and for all that `with` made of it. */
export interface Session {
  resets: number
  /** ends the calls under way */
  readonly open: Set<() => void>
}

const perCall = 'token|user|headers|signal|timeout|deadline|retry|maxResponseBytes|maxUrlLength|post|cache|credentials'

/** @throws TypeError for a base URL that is not plain http or https, and for unknown options */
export function createContext(
  role: string,
  { url, ...options }: ConnectOptions,
  features: ValueFeatures = {},
): Context {
  // A path is one of the page's own server.
  const absolute = /^\/(?!\/)/.test(url) ? globalThis.location?.origin + url : url
  const [, base] = /^(https?:\/\/[^@\s\\?#]+?)\/*$/.exec(absolute) ?? []
  if (!base) throw new TypeError('url must be http(s), without credentials or query')
  const session = { resets: 0, open: new Set<() => void>() }
  const context = { role, url: base, options: {}, headers: new Headers(), signals: [], session, features }
  return withOptions(context, options, `${perCall}|fetch|hooks`)
}

/**
 * Options that are undefined change nothing.
 * @throws TypeError for unknown options, and for times and sizes that are none
 */
export function withOptions(context: Context, changes: CallOptions, known = perCall): Context {
  const options: Record<string, unknown> = { ...context.options }
  const headers = new Headers(context.headers)
  const signals = [...context.signals]
  for (const [name, value] of Object.entries(changes)) {
    wordOf('An option', name, known)
    if (value === undefined) continue
    if (/^(max|timeout|deadline)/.test(name) && value !== false && !(value > 0)) refuse(name, value)
    if (name === 'signal') signals.push(value)
    else if (name !== 'headers') options[name] = value
    else for (const [name, own] of Object.entries(value)) if (own !== undefined) headers.set(name, own as string)
  }
  return { ...context, options, headers, signals }
}

/** Whom a call is for, as the app says; null where it does not. */
export function userOf({ options: { user } }: Context): string | null {
  return (typeof user === 'function' ? user() : user) ?? null
}

/** milliseconds */
export const defaultTimeout = 10_000

/** Ends the calls under way, and forgets the tokens that were kept. */
export function reset({ session, options: { token } }: Context): void {
  session.resets++
  for (const end of session.open) end()
  ;(token as Partial<KeptToken> | undefined)?.forget?.()
}
