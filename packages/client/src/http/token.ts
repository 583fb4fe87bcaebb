import { TokenError } from '../errors/api-error.js'
import type { CallOptions } from '../options.js'

/** Seconds before its `exp` from which on a kept token is not used any more. */
const leeway = 10

/**
 * Gives the bearer token for a request, or null for none. `stale`: the token that the server just refused as expired.
 * @throws TokenError; never with a token in it
 */
export type TokenKeeper = (stale?: string) => Promise<string | null>

export function tokenKeeper({ token: source, timeout = 10_000 }: Pick<CallOptions, 'token' | 'timeout'>): TokenKeeper {
  let kept: string | null | undefined
  let asking: Promise<string | null> | undefined

  async function ask(reason: 'request' | 'expired'): Promise<string | null> {
    let timer: ReturnType<typeof setTimeout> | undefined
    try {
      const answer = typeof source === 'function' ? source(reason) : source
      const late = new Promise<never>((_, reject) => {
        if (timeout) timer = setTimeout(() => reject(new Error('No token came in time')), timeout)
      })
      const token = (await Promise.race([answer, late])) || null
      if (token !== null && !/^[\w.~+/-]+=*$/.test(token)) throw new TypeError('no bearer token: RFC 6750, section 2.1')
      kept = answer instanceof Promise ? token : undefined
      return token
    } catch (cause) {
      throw new TokenError({ message: 'The source of tokens failed', cause })
    } finally {
      clearTimeout(timer)
      asking = undefined
    }
  }

  return async (stale) => {
    if (kept && kept !== stale && Number(claimsOf(kept).exp ?? Infinity) - leeway > Date.now() / 1000) return kept
    asking ??= ask(stale ? 'expired' : 'request')
    return asking
  }
}

/** The claims of a JSON Web Token, unverified; none of anything else. */
export function claimsOf(token: string): { readonly exp?: unknown; readonly role?: unknown } {
  try {
    const text = atob((token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/'))
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0))))
  } catch {
    return {}
  }
}
