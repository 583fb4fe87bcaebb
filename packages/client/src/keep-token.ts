import { claimsOf } from './http/claims.js'
import type { TokenRequest, TokenSource } from './options.js'

interface Kept {
  readonly token: string
  /** milliseconds since 1970, by this device's clock */
  readonly until: number
}

/** Of how many users tokens are kept: a server may see any number. */
const maxUsers = 1000

/**
 * A token source that keeps what another one gave, for the user whom the client's option `user` names: until shortly
 * before the token's `exp`, or until the server refuses it. Calls of one user wait together for a token under way. Where
 * no user is named, nothing is kept or shared.
 * `createClient({ url, user: () => session.userId, token: keepToken(() => fetchToken()) })`
 * @param timeout milliseconds after which other calls no longer wait for an answer that does not come
 */
export function keepToken(source: Exclude<TokenSource, string>, timeout = 10_000): KeptToken {
  let kept = new Map<string, Kept>()
  let asked = new Map<string, Promise<string | null>>()

  /** Keeps the token for this user's later calls; the user's other calls wait for the same promise meanwhile. */
  function share(user: string, answer: PromiseLike<string | null | undefined>): Promise<string | null> {
    const [tokens, waiting] = [kept, asked]
    const end = () => {
      if (waiting.get(user) === shared) waiting.delete(user)
      clearTimeout(timer)
    }
    const shared = (async () => {
      try {
        const token = (await answer) || null
        tokens.delete(user)
        if (token) tokens.set(user, { token, until: keepUntil(token) })
        const [first] = tokens.keys()
        if (tokens.size > maxUsers && first !== undefined) tokens.delete(first)
        return token
      } finally {
        end()
      }
    })()
    const timer = setTimeout(end, timeout)
    waiting.set(user, shared)
    return shared
  }

  const keeping = async (reason: 'request' | 'expired', request: TokenRequest) => {
    const { user, refused } = request
    if (user !== null) {
      const known = kept.get(user)
      if (known && known.token !== refused && known.until > Date.now()) return known.token
      const token = await asked.get(user)
      // The others may have waited for the one that was refused.
      if (token && token !== refused) return token
      const next = asked.get(user)
      if (next) return next
    }
    const answer = source(reason, request)
    // What a source returns directly is for this call alone.
    return user !== null && isPromise(answer) ? share(user, answer) : answer
  }
  return Object.assign(keeping, {
    forget: () => {
      kept = new Map()
      asked = new Map()
    },
  })
}

/** A token source that `reset()` of its clients makes forget. */
export type KeptToken = ((
  reason: 'request' | 'expired',
  request: TokenRequest,
) => Promise<string | null | undefined>) & {
  /** Forgets all tokens, also those that are still on their way. */
  forget(): void
}

function isPromise(value: unknown): value is PromiseLike<string | null | undefined> {
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
