import ky, { TimeoutError as KyTimeoutError, type Options } from 'ky'
import { countOf } from '../checks.js'
import { ApiError } from '../errors/api-error.js'
import type { UnderWay } from './call.js'
import { claimsOf } from './claims.js'
import { type Context, defaultTimeout, userOf } from './context.js'
import { headerOf, readText, unfit } from './response.js'
import { takeToken } from './token.js'

/** Nothing but reads is sent twice. */
const retryOfReads = {
  methods: ['get', 'head'],
  statusCodes: [408, 429, 502, 503, 504],
  maxRetryAfter: 60_000,
  jitter: true,
}

/**
 * Sends a request: a second time, with a new token, where the server takes the first for expired or invalid.
 * @throws ApiError
 */
export async function respond(call: UnderWay, fresh?: string | null): Promise<Response> {
  const { context, request, signal } = call
  const { token: source, retry, fetch, hooks, timeout = defaultTimeout, cache, credentials } = context.options
  const url = context.url + request.path + request.search
  if (url.length > urlLimit(context)) {
    throw new ApiError({ ...request, message: `The URL has ${url.length} characters: see maxUrlLength and chunked()` })
  }
  call.stage = 'TokenError'
  const token = fresh ?? (await takeToken(source, userOf(context)))
  call.stage = 'NetworkError'
  const headers = new Headers(context.headers)
  // What the program prefers is said beside what the request needs; its other headers do not replace those of the request.
  for (const name in request.headers)
    headers[name === 'Prefer' ? 'append' : 'set'](name, request.headers[name] as string)
  if (token) headers.set('Authorization', `Bearer ${token}`)
  try {
    return await ky(url, {
      ...{ method: request.method, body: request.body, headers, signal, fetch, timeout, cache, credentials },
      // Not 'error', which Cloudflare's runtime does not know. What is not followed gets no token.
      redirect: 'manual',
      hooks: { ...hooks, beforeRetry: [...(hooks?.beforeRetry ?? []), cancelRefused] },
      retry: { ...retryOfReads, ...(typeof retry === 'number' ? { limit: countOf('retry', retry) } : retry) },
    } as Options)
  } catch (cause) {
    const error = await errorOf(cause, call, token)
    // Not every 401: an anonymous role that lacks a privilege gets one as well. HEAD may not say which it is.
    const isStale = /^PGRST30[13]$/.test(error.code) || (error.status === 401 && !error.code)
    const next = token && !fresh && isStale && (await takeToken(source, userOf(context), token))
    if (next && next !== token) return respond(call, next)
    throw error
  }
}

function cancelRefused({ error }: { readonly error: unknown }): void {
  ;(error as { readonly response?: Response }).response?.body?.cancel().catch(() => {})
}

export function urlLimit({ options }: Context): number {
  return options.maxUrlLength || (options.maxUrlLength === false ? Infinity : 8000)
}

/** What the API answered, with what the client knows of its reason; or why there is no answer. */
async function errorOf(cause: unknown, call: UnderWay, token: string | null): Promise<ApiError> {
  const { request, context } = call
  const { response } = cause as { readonly response?: Response }
  // Not as the cause: ky's has the request in it, with its token and all of its URL.
  if (cause instanceof KyTimeoutError) return new ApiError({ ...request, message: 'No answer in time' }, 'TimeoutError')
  if (!response) return call.failure(cause)
  const { status } = response
  // Browsers do not say which redirect it is: their status is 0.
  if (status < 400) {
    cancelRefused({ error: cause })
    return call.failure(new Error(`HTTP ${status}: redirects are not followed`))
  }
  try {
    const answer = JSON.parse((await readText(call, response)) || '{}') ?? {}
    // HEAD has no body to say more (RFC 9209).
    const [, said] = /\berror="?(\w+)/.exec(headerOf(response, 'Proxy-Status') ?? '') ?? []
    const { message = `HTTP ${status}`, code = said, details, hint } = answer
    const role = token ? claimsOf(token).role : context.options.credentials !== 'include' && 'missing'
    const isOther = role && role !== context.role && status < 405
    const reasons = [hint, isOther && `This client is for the role ${context.role}; the token's is ${role}.`]
    return new ApiError({ ...request, status, message, code, details, hint: reasons.filter(Boolean).join(' ') || null })
  } catch (cause) {
    return unfit(call, response, `HTTP ${status}`, cause)
  }
}
