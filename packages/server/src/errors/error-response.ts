import type { HttpResponse } from '../http-message.js'
import type { ApiError } from './api-error.js'
import { shorten } from './shorten.js'

/**
 * An error as HTTP: a JSON object, and `Proxy-Status` (RFC 9209) with its code.
 * @param verbosity client-error-verbosity: `minimal` leaves details and hint out
 */
export function errorResponse(error: ApiError, verbosity: 'verbose' | 'minimal'): HttpResponse {
  const { code } = error
  // PostgreSQL's words, and those of functions, are passed on as they are; ours quote the request.
  const told = code.startsWith('PGRST') ? shortenText : asIs
  const message = told(error.message)
  const details = told(error.details)
  const hint = told(error.hint)
  const body = JSON.stringify(verbosity === 'minimal' ? { code, message } : { code, details, hint, message })
  return {
    status: error.status,
    statusText: error.statusText === null ? undefined : reasonPhrase(error.statusText),
    headers: [
      ['Content-Type', 'application/json; charset=utf-8'],
      ['Proxy-Status', `PostgREST; error=${proxyStatusCode(code)}`],
      ...retryAfter(error),
      ...error.headers,
    ],
    body,
  }
}

/** What a short absence of the database costs: connections are opened as they are needed (RFC 9110, section 10.2.3). */
function retryAfter({ status, headers }: ApiError): [string, string][] {
  const isSaid = headers.some(([name]) => name.toLowerCase() === 'retry-after')
  return status === 503 && !isSaid ? [['Retry-After', '1']] : []
}

/** One line of at most 200 characters (RFC 9112, section 4). */
function reasonPhrase(text: string): string {
  return [...text.replace(/[\p{Cc}\p{Cs}]+/gu, ' ')].slice(0, 200).join('')
}

const asIs = (value: unknown) => value
const shortenText = (value: unknown) => (typeof value === 'string' ? shorten(value) : value)

/** Functions may raise any code: one that is no token stands in quotes (RFC 8941). */
function proxyStatusCode(code: string): string {
  if (/^[A-Za-z0-9]+$/.test(code)) return code
  return `"${code.replace(/[^\x20-\x7e]/g, '?').replace(/["\\]/g, '\\$&')}"`
}
