import { TokenError } from '../errors/api-error.js'
import type { CallOptions } from '../options.js'
import { claimsOf } from './claims.js'
import { within } from './within.js'

/**
 * Gives the bearer tokens of one source. A token never serves another caller: each call asks the source itself, in its
 * own asynchronous context, unless the app names the user that the call is for.
 */
export interface TokenKeeper {
  /**
   * The token for a call, or null for none.
   * @param user whom the call is for; null: not known, so nothing is kept and no call waits for the answer to another
   * @param timeout milliseconds to wait for the source; false: without end
   * @param stale the token that the server has just refused as expired
   * @throws TokenError; never with a token in it
   */
  take(user: string | null, timeout: number | false, stale?: string): Promise<string | null>
  /** Forgets all tokens, also those that are still on their way. */
  forget(): void
}

interface Kept {
  readonly token: string
  /** milliseconds since 1970, by this device's clock */
  readonly until: number
}

/** Of how many users tokens are kept: a server may see any number. */
const maxUsers = 1000

export function tokenKeeper(source: CallOptions['token']): TokenKeeper {
  let kept = new Map<string, Kept>()
  let asked = new Map<string, Promise<string | null>>()

  /** Keeps the token for this user's later calls; the user's other calls wait for the same promise meanwhile. */
  function share(user: string, answer: Promise<string | null>): Promise<string | null> {
    const [tokens, waiting] = [kept, asked]
    const shared = answer
      .then((token) => {
        tokens.delete(user)
        if (token) tokens.set(user, { token, until: keepUntil(token) })
        const [first] = tokens.keys()
        if (tokens.size > maxUsers && first !== undefined) tokens.delete(first)
        return token
      })
      .finally(() => waiting.delete(user))
    waiting.set(user, shared)
    return shared
  }

  return {
    async take(user, timeout, stale) {
      if (user !== null) {
        const known = kept.get(user)
        if (known && known.token !== stale && known.until > Date.now()) return known.token
        const token = await asked.get(user)
        // The others may have waited for the one that was refused.
        if (token && token !== stale) return token
        const next = asked.get(user)
        if (next) return next
      }
      let answer: unknown = source
      const token = checked(timeout, async () => {
        if (typeof source === 'function') answer = source(stale === undefined ? 'request' : 'expired')
        return answer
      })
      // What a source returns directly is for this call alone.
      return user !== null && isPromise(answer) ? share(user, token) : token
    },
    forget() {
      kept = new Map()
      asked = new Map()
    },
  }
}

/** @throws TokenError where the source fails, or gives what may not stand in the header (RFC 6750, section 2.1) */
async function checked(timeout: number | false, ask: () => Promise<unknown>): Promise<string | null> {
  try {
    const token = (await within(timeout, ask(), () => new Error('It did not answer in time'))) || null
    if (token === null || (typeof token === 'string' && /^[\w.~+/-]+=*$/.test(token))) return token
    throw new TypeError('It gave what is no bearer token')
  } catch (cause) {
    throw new TokenError({ message: 'The token source failed', cause })
  }
}

function isPromise(value: unknown): boolean {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function'
}

/**
 * Until when a token is kept: ten seconds less than it lives. Its life is counted from now on where the token says when it
 * was issued, so a wrong clock of this device costs one more request and no error. A token that seems to have expired
 * already is kept, too: the server says whether it has.
 */
function keepUntil(token: string): number {
  const now = Date.now() / 1000
  const { exp, iat } = claimsOf(token)
  const life = Number(exp) - (typeof iat === 'number' ? iat : now)
  return life > 0 ? (now + life - 10) * 1000 : Infinity
}
