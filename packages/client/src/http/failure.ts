import type { PrintedRequest } from '@rolecast/grammar'
import { AbortError, ApiError, NetworkError, ResponseError, TimeoutError } from '../errors/api-error.js'
import type { Context } from './context.js'
import { readText } from './read-text.js'
import { claimsOf } from './token.js'

/** The error for a call that got no answer, or not all of it. */
export function failureOf(cause: unknown, { options }: Context, { method, path }: PrintedRequest): ApiError {
  const { name, message } = cause as Error
  const Failure = options.signal?.aborted
    ? AbortError
    : name === 'TimeoutError'
      ? TimeoutError
      : cause instanceof RangeError
        ? ResponseError
        : NetworkError
  return new Failure({ message, method, path, cause })
}

/** The error that a response reports, with what the client knows of its reason. */
export async function apiErrorOf(
  response: Response,
  { role, options }: Context,
  { method, path }: PrintedRequest,
  token: string | null,
): Promise<ApiError> {
  const { status } = response
  const about = { status, method, path }
  const actual = token ? claimsOf(token).role : 'missing'
  const isOther = actual && actual !== role && status < 405
  try {
    // HEAD has no body to say more.
    const body = method === 'HEAD' ? {} : JSON.parse(await readText(response, options.maxResponseBytes))
    const { message = `HTTP ${status}`, code = '', details = null, hint } = body ?? {}
    const reasons = [hint, isOther && `This client is for the role ${role}; the token's is ${actual}.`]
    return new ApiError({ ...about, message, code, details, hint: reasons.filter(Boolean).join(' ') || null })
  } catch (cause) {
    return new ResponseError({ ...about, message: `HTTP ${status}, without an answer of the API`, cause })
  }
}
