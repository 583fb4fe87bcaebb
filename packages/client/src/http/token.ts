import { ApiError } from '../errors/api-error.js'
import type { TokenSource } from '../options.js'

/**
 * The bearer token of one call, or null for none. The source is asked for each call, in the call's own asynchronous
 * context, so that a token never serves another caller.
 * @param user whom the call is for; null: not known
 * @param refused the token that the server has just called expired
 * @throws ApiError, a TokenError, where the source fails, or gives what may not stand in the header (RFC 6750, section 2.1); never with
 * a token in it
 */
export async function takeToken(
  source: TokenSource | null | undefined,
  user: string | null,
  refused?: string,
): Promise<string | null> {
  try {
    const answer =
      typeof source === 'function' ? source(refused === undefined ? 'request' : 'expired', { user, refused }) : source
    const token = (await answer) || null
    if (token === null || (typeof token === 'string' && /^[\w.~+/-]+=*$/.test(token))) return token
    throw new TypeError('It gave what is no bearer token')
  } catch (cause) {
    throw new ApiError({ message: 'The token source failed', cause }, 'TokenError')
  }
}
