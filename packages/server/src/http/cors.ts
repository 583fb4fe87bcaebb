import type { HttpRequest, HttpResponse } from '../http-message.js'

type Header = readonly [name: string, value: string]

const methods: readonly string[] = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'OPTIONS', 'HEAD']
const alwaysAllowed: readonly string[] = ['Accept', 'Accept-Language', 'Content-Language']
const exposed =
  'Content-Encoding, Content-Location, Content-Range, Content-Type, Date, Location, Server, Transfer-Encoding, Range-Unit'
const maximumAge = '86400'
const maxHeaders = 100

/**
 * The answer to a preflight request (Fetch Standard, section 3.2.2), or null where it is none, or comes from an origin that
 * is not allowed: then it is answered like any other request.
 * @param allowed server-cors-allowed-origins; empty: any
 */
export function preflightResponse(request: HttpRequest, allowed: readonly string[]): HttpResponse | null {
  const { method, headers } = request
  const wanted = headers['access-control-request-method']
  if (method !== 'OPTIONS' || wanted === undefined || !methods.includes(wanted)) return null
  const origin = originHeaders(headers.origin, allowed)
  if (origin === null) return null
  return {
    status: 200,
    headers: [
      ...origin,
      ['Access-Control-Allow-Methods', methods.join(', ')],
      ['Access-Control-Allow-Headers', allowedHeaders(headers['access-control-request-headers']).join(', ')],
      ['Access-Control-Max-Age', maximumAge],
      ...varyOf(allowed),
    ],
    body: null,
  }
}

/**
 * The response, readable for scripts of the request's origin where that is allowed. Where origins are listed, nothing
 * tells any other origin that it may read it.
 */
export function withCors(request: HttpRequest, response: HttpResponse, allowed: readonly string[]): HttpResponse {
  const origin = originHeaders(request.headers.origin, allowed)
  if (origin === null && allowed.length === 0) return response
  const others = response.headers.filter(([name]) => name.toLowerCase() !== 'access-control-allow-origin')
  const exposing: readonly Header[] = origin === null ? [] : [...origin, ['Access-Control-Expose-Headers', exposed]]
  return { ...response, headers: [...others, ...exposing, ...varyOf(allowed)] }
}

/** Where origins are listed, the response depends on the origin, so that caches keep one for each. */
function varyOf(allowed: readonly string[]): readonly Header[] {
  return allowed.length === 0 ? [] : [['Vary', 'Origin']]
}

/** Null where there is no origin, or one that is not allowed. Origins are compared as a whole (RFC 6454, section 5). */
function originHeaders(origin: string | undefined, allowed: readonly string[]): Header[] | null {
  if (origin === undefined) return null
  if (allowed.length === 0) return [['Access-Control-Allow-Origin', '*']]
  if (!allowed.includes(origin)) return null
  return [
    ['Access-Control-Allow-Origin', origin],
    ['Access-Control-Allow-Credentials', 'true'],
  ]
}

/** Whatever is asked for, as far as it is the name of a header. */
function allowedHeaders(requested: string | undefined): string[] {
  const names = new Map([['authorization', 'Authorization']])
  for (const part of (requested ?? '').split(',', maxHeaders)) {
    const name = part.trim()
    if (/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && !names.has(name.toLowerCase()))
      names.set(name.toLowerCase(), name)
  }
  for (const name of alwaysAllowed) if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name)
  return [...names.values()]
}
