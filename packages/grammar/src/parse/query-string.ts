import { GrammarError } from './grammar-error.js'
import { defaultLimits, exceeded, type Limits } from './limits.js'

export type Parameter = readonly [name: string, value: string]

/**
 * Splits a query string (without `?`) at `&` and at the first `=` of each part, and decodes both sides: `+` is a blank,
 * a `%` that no two hexadecimal digits follow stands for itself. Parts without `=` are left out.
 * @throws GrammarError PGRST100 for what is not UTF-8, or holds a NUL, which PostgreSQL has no text for, or is too long
 */
export function parseQueryString(text: string, limits: Limits = defaultLimits): Parameter[] {
  if (text.length > limits.queryLength) exceeded('queryLength', limits)
  const parameters: Parameter[] = []
  let equals = text.indexOf('=')
  for (let start = 0; start < text.length && equals !== -1; ) {
    const ampersand = text.indexOf('&', start)
    const end = ampersand === -1 ? text.length : ampersand
    if (equals < end) {
      parameters.push([decode(text.slice(start, equals)), decode(text.slice(equals + 1, end))])
    }
    start = end + 1
    if (equals < start) equals = text.indexOf('=', start)
  }
  return parameters
}

const encoded = /[%+\0]/

function decode(text: string): string {
  return encoded.test(text) ? decodePercent(text.replaceAll('+', ' ')) : text
}

/** @throws GrammarError PGRST100 */
export function decodePercent(text: string): string {
  try {
    const decoded = decodeURIComponent(text.replace(/%(?![0-9A-Fa-f]{2})/g, '%25'))
    if (!decoded.includes('\0')) return decoded
  } catch {
    // Not UTF-8: the same answer as for a NUL.
  }
  throw new GrammarError(
    'PGRST100',
    'The URL is not valid UTF-8 text',
    'After percent-decoding it must be, without NUL.',
  )
}
