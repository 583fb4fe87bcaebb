import { ApiError } from './api-error.js'
import { headerFault } from './header-fault.js'
import { pgrstError } from './pgrst-error.js'

/**
 * The response that a function describes with `RAISE SQLSTATE 'PGRST' USING MESSAGE = '{…}', DETAIL = '{…}'`
 * ("Raise errors with HTTP Status Codes and Headers" in PostgREST's manual). PGRST121 where its JSON is not as told.
 */
export function raisedResponse(message: string, detail: string | null): ApiError {
  const body = readBody(message)
  if (body === null) return unreadable(`Invalid JSON value for MESSAGE: '${message}'`, messageHint)
  if (detail === null) return unreadable('DETAIL is missing in the RAISE statement', detailHint)
  const head = parseObject(detail)
  const headers = head === null ? null : readHeaders(head.headers)
  const status = head?.status
  const statusText = head?.status_text ?? null
  const isStatus = typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599
  if (headers === null || !isStatus || !isTextOrNull(statusText)) {
    return unreadable(`Invalid JSON value for DETAIL: '${detail}'`, detailHint)
  }
  for (const [name, text] of headers) {
    const fault = headerFault(name, text)
    if (fault !== null) return unreadable(`Invalid JSON value for DETAIL: '${detail}'`, `${detailHint} ${fault}`)
  }
  return new ApiError(status, body.code, body.message, body.details, body.hint, headers, statusText)
}

const messageHint =
  "MESSAGE must be a JSON object with obligatory keys: 'code', 'message' and optional keys: 'details', 'hint'."
const detailHint =
  "DETAIL must be a JSON object with obligatory keys: 'status', 'headers' and optional key: 'status_text'."

function unreadable(details: string, hint: string): ApiError {
  return pgrstError('PGRST121', `Could not parse JSON in the "RAISE SQLSTATE 'PGRST'" error`, details, hint)
}

function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

function readBody(text: string): { code: string; message: string; details: string | null; hint: string | null } | null {
  const { code, message, details = null, hint = null } = parseObject(text) ?? {}
  if (!isText(code) || !isText(message) || !isTextOrNull(details) || !isTextOrNull(hint)) return null
  return { code, message, details, hint }
}

/** Null where it is no object of texts. */
function readHeaders(value: unknown): [string, string][] | null {
  if (!isObject(value)) return null
  const headers: [string, string][] = []
  for (const [name, text] of Object.entries(value)) {
    if (!isText(text)) return null
    headers.push([name, text])
  }
  return headers
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string'
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value)
}
