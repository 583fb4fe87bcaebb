import { TokenError } from '../errors/api-error.js'
import type { CallOptions } from '../options.js'

/**
 * Gives the bearer token for a request, or null for none. `stale`: the token that the server just refused as expired.
 * @throws TokenError; never with a token in it
 */
export type TokenKeeper = (stale?: string) => Promise<string | null>

/** Keeps what a promise gave until ten seconds before its `exp`, and asks once for all who wait. */
export function tokenKeeper({ token: source, timeout = 10_000 }: CallOptions): TokenKeeper {
  let kept: string | null
  let asking: Promise<string | null> | undefined
  let timer: ReturnType<typeof setTimeout> | false | 0

  async function ask(reason: 'request' | 'expired'): Promise<string | null> {
    try {
      const answer = typeof source === 'function' ? source(reason) : source
      const late = new Promise<never>((_, reject) => {
        timer = timeout && setTimeout(reject, timeout, new Error('No token came in time'))
      })
      const token = (await Promise.race([answer, late])) || null
      // RFC 6750, section 2.1
      if (token && !/^[\w.~+/-]+=*$/.test(token)) throw new TypeError('Not a bearer token')
      kept = answer instanceof Promise ? token : null
      return token
    } catch (cause) {
      throw new TokenError({ message: 'The source of tokens failed', cause })
    } finally {
      clearTimeout(timer || 0)
      asking = undefined
    }
  }

  return async (stale) => {
    if (kept && kept !== stale && !(Number(claimsOf(kept).exp) - 10 < Date.now() / 1000)) return kept
    asking ??= ask(stale ? 'expired' : 'request')
    return asking
  }
}

/** The claims of a JSON Web Token, unverified; none of anything else. */
export function claimsOf(token: string): { readonly exp?: unknown; readonly role?: unknown } {
  try {
    const text = atob((token.split('.')[1] ?? '').replace(/[-_]/g, (character) => (character < '.' ? '+' : '/')))
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0))))
  } catch {
    return {}
  }
}
