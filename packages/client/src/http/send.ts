import ky, { type Options } from 'ky'
import { countOf } from '../checks.js'
import { ApiError } from '../errors/api-error.js'
import type { UnderWay } from './call.js'
import { claimsOf } from './claims.js'
import { type Context, defaultTimeout, userOf } from './context.js'
import { discard, headerOf, readText, unfit } from './response.js'
import { takeToken } from './token.js'

interface Failed {
  readonly response?: Response
}

/** Nothing but reads is sent twice. */
const retryOfReads = {
  methods: ['get', 'head'],
  statusCodes: [408, 429, 502, 503, 504],
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
  // Not every stand-in for fetch heeds a signal.
  if (signal.aborted) return call.ended
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
      hooks: {
        ...hooks,
        beforeRetry: [...(hooks?.beforeRetry ?? []), ({ error }) => discard((error as Failed).response)],
      },
      retry: { ...retryOfReads, ...(typeof retry === 'number' ? { limit: countOf('retry', retry) } : retry) },
    } as Options)
  } catch (cause) {
    const error = await errorOf(cause, call, token)
    // Not every 401: an anonymous role that lacks a privilege gets one as well. HEAD may not say which it is.
    const isStale = token && !fresh && error.status === 401 && /^(PGRST30[13])?$/.test(error.code)
    const next = isStale && (await takeToken(source, userOf(context), token))
    if (next && next !== token) return respond(call, next)
    throw error
  }
}

export function urlLimit({ options }: Context): number {
  return options.maxUrlLength || (options.maxUrlLength === false ? Infinity : 8000)
}

/** What the API answered, with what the client knows of its reason; or why there is no answer. */
async function errorOf(cause: unknown, call: UnderWay, token: string | null): Promise<ApiError> {
  const { request, context } = call
  const { response } = cause as Failed
  if (!response) return call.failure(cause)
  const { status } = response
  // Browsers do not say which redirect it is: their status is 0. 300 is none: the server found several meanings.
  if (status < 400 && status !== 300) {
    discard(response)
    return call.failure(new Error(`HTTP ${status}: redirects are not followed`))
  }
  try {
    const answer = JSON.parse((await readText(call, response)) || '{}') ?? {}
    // HEAD has no body to say more (RFC 9209).
    const [, said] = /\berror="?(\w+)/.exec(headerOf(response, 'Proxy-Status') ?? '') ?? []
    const { message = `HTTP ${status}`, code = said, details, hint } = answer
    const role = token ? claimsOf(token).role : context.options.credentials !== 'include' && 'missing'
    const isOther = role && role !== context.role && status > 300 && status < 405
    const reasons = [hint, isOther && `This client is for the role ${context.role}; the token's is ${role}.`]
    return new ApiError({ ...request, status, message, code, details, hint: reasons.filter(Boolean).join(' ') || null })
  } catch (cause) {
    return unfit(call, response, `HTTP ${status}`, cause)
  }
}
