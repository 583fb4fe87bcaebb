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
      : cause instanceof RangeError || cause instanceof SyntaxError
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
  try {
    // HEAD has no body to say more.
    const body = method === 'HEAD' ? {} : JSON.parse(await readText(response, options.maxResponseBytes))
    const { message = `HTTP ${status}`, code, details, hint } = body ?? {}
    const reason = [hint, status < 405 && mismatch(role, token)].filter(Boolean).join(' ')
    return new ApiError({ message, code, details, hint: reason || null, status, method, path })
  } catch (cause) {
    return new ResponseError({ message: `HTTP ${status}, without an answer of the API`, status, method, path, cause })
  }
}

function mismatch(role: string, token: string | null): string | false {
  const actual = token ? claimsOf(token).role : 'missing'
  return actual !== undefined && actual !== role && `This client is for the role ${role}; the token's is ${actual}.`
}
