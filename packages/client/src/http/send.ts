import type { PrintedRequest } from '@rolecast/grammar'
import ky, { TimeoutError as KyTimeoutError, type Options } from 'ky'
import { AbortError, ApiError, NetworkError, ResponseError, TimeoutError, TokenError } from '../errors/api-error.js'
import type { CallOptions } from '../options.js'
import { claimsOf } from './claims.js'
import { type Context, userOf } from './context.js'
import { takeToken } from './token.js'
import { within } from './within.js'

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
export async function respond(context: Context, request: PrintedRequest, fresh?: string | null): Promise<Response> {
  const { token: source, user: _, headers, retry, maxResponseBytes, maxUrlLength, ...init } = context.options
  const { method, body } = request
  const url = context.url + request.path + request.search
  const user = userOf(context)
  const { timeout = 10_000 } = init
  const take = (refused?: string) =>
    within(timeout, takeToken(source, user, refused), () => new TokenError({ message: 'No token came in time' }))
  const token = fresh ?? (await take())
  try {
    init.signal?.throwIfAborted()
    if (url.length > urlLimit(context)) {
      throw new ApiError({
        ...request,
        message: `The URL has ${url.length} characters: see maxUrlLength and chunked()`,
      })
    }
    return await ky(url, {
      ...init,
      method,
      body,
      headers: headersOf(headers, { ...request.headers, ...(token && { Authorization: `Bearer ${token}` }) }),
      // Not 'error', which Cloudflare's runtime does not know. What is not followed gets no token.
      redirect: 'manual',
      retry: { ...retryOfReads, ...(typeof retry === 'number' ? { limit: retry } : retry) },
    } as Options)
  } catch (cause) {
    const error = await errorOf(cause, context, request, token)
    // Not every 401: an anonymous role that lacks a privilege gets one as well.
    const next = token && !fresh && /^PGRST30[13]$/.test(error.code) && (await take(token))
    if (next && next !== token) return respond(context, request, next)
    throw error
  }
}

/** The program's own headers do not replace those of the request; what it prefers is said beside. */
function headersOf(own: CallOptions['headers'], needed: PrintedRequest['headers']): Headers {
  const headers = new Headers(own)
  for (const name in needed) headers[name === 'Prefer' ? 'append' : 'set'](name, needed[name] as string)
  return headers
}

export function urlLimit({ options }: Context): number {
  return options.maxUrlLength ?? 8000
}

/** What the API answered, with what the client knows of its reason; or why there is no answer. */
async function errorOf(
  cause: unknown,
  context: Context,
  request: PrintedRequest,
  token: string | null,
): Promise<ApiError> {
  const { response } = cause as { readonly response?: Response }
  if (!response) return failureOf(cause, context, request)
  const { status } = response
  // Browsers do not say which redirect it is: their status is 0.
  if (status < 400) return failureOf(new Error(`HTTP ${status}: redirects are not followed`), context, request)
  try {
    // HEAD has no body to say more.
    const answer = JSON.parse((await readText(response, context)) || '{}') ?? {}
    const { message = `HTTP ${status}`, code, details, hint } = answer
    const role = token ? claimsOf(token).role : 'missing'
    const isOther = role && role !== context.role && status < 405
    const reasons = [hint, isOther && `This client is for the role ${context.role}; the token's is ${role}.`]
    return new ApiError({ ...request, status, message, code, details, hint: reasons.filter(Boolean).join(' ') || null })
  } catch (cause) {
    return new ResponseError({ ...request, status, message: `HTTP ${status}`, cause })
  }
}

/** The error for a call that got no answer, or not all of it; `Failure` where nothing is known of the cause. */
export function failureOf(
  cause: unknown,
  { options }: Context,
  request: PrintedRequest,
  Failure: typeof ApiError = NetworkError,
): ApiError {
  if (cause instanceof ApiError) return cause
  if (options.signal?.aborted) Failure = AbortError
  // Not as the cause: ky's has the request in it, with its token and all of its URL.
  else if (cause instanceof KyTimeoutError) return new TimeoutError({ ...request, message: 'No response in time' })
  else if (cause instanceof RangeError) Failure = ResponseError
  return new Failure({ ...request, message: (cause as Error).message, cause })
}

/**
 * The body of a response as text: 64 MiB at most, unless told.
 * @throws RangeError where it is longer; the rest is not read
 */
export async function readText(
  { body }: Response,
  { options: { maxResponseBytes = 2 ** 26 } }: Context,
): Promise<string> {
  const decoder = new TextDecoder()
  // Not every browser's streams can be iterated.
  const reader = body?.getReader()
  let text = ''
  let size = 0
  for (let piece = await reader?.read(); piece?.value; piece = await reader?.read()) {
    size += piece.value.length
    if (size > maxResponseBytes) {
      reader?.cancel().catch(() => {})
      throw new RangeError(`More than ${maxResponseBytes} bytes`)
    }
    text += decoder.decode(piece.value, { stream: true })
  }
  return text + decoder.decode()
}
