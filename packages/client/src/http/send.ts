import type { PrintedRequest } from '@rolecast/grammar'
import ky, { HTTPError, type Options } from 'ky'
import type { Context } from './context.js'
import { apiErrorOf, failureOf } from './failure.js'
import { readText } from './read-text.js'

export interface Answer {
  readonly response: Response
  readonly text: string
}

/** Nothing but reads is sent twice. */
const retryOfReads = {
  methods: ['get', 'head'],
  statusCodes: [408, 429, 502, 503, 504],
  backoffLimit: 10_000,
  maxRetryAfter: 60_000,
  jitter: true,
}

/**
 * Sends a request and reads what comes back.
 * @throws ApiError
 */
export async function send(context: Context, request: PrintedRequest): Promise<Answer> {
  const response = await respond(context, request)
  try {
    return { response, text: await readText(response, context.options.maxResponseBytes) }
  } catch (error) {
    throw failureOf(error, context, request)
  }
}

/**
 * Sends a request: a second time, with a new token, where the server takes the first for expired or invalid.
 * @throws ApiError
 */
export async function respond(context: Context, request: PrintedRequest, fresh?: string | null): Promise<Response> {
  const { url, token: source, headers, retry, maxResponseBytes, ...init } = context.options
  const token = fresh ?? (await context.token())
  try {
    init.signal?.throwIfAborted()
    return await ky(context.url + request.path + request.search, {
      ...init,
      method: request.method,
      body: request.body,
      headers: { ...headers, ...request.headers, ...(token && { Authorization: `Bearer ${token}` }) },
      redirect: 'error',
      retry: { ...retryOfReads, ...(typeof retry === 'number' ? { limit: retry } : retry) },
    } as Options)
  } catch (error) {
    if (!(error instanceof HTTPError)) throw failureOf(error, context, request)
    const failure = await apiErrorOf(error.response, context, request, token)
    // Not every 401: an anonymous role that lacks a privilege gets one as well.
    if (token && fresh === undefined && /^PGRST30[13]$/.test(failure.code)) {
      const next = await context.token(token)
      if (next && next !== token) return respond(context, request, next)
    }
    throw failure
  }
}
