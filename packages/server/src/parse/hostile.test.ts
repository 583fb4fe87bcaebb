import { defaultLimits } from '@rolecast/grammar/parse'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ApiError } from '../errors/api-error.js'
import { parseRequest } from './parse-request.js'
import type { ParseSettings } from './parse-settings.js'

const settings: ParseSettings = {
  dbSchemas: ['api'],
  dbRootSpec: null,
  openapiMode: 'follow-privileges',
  urlUseLegacyTargetNames: true,
  transactionOverride: true,
  requireFilter: false,
  limits: { ...defaultLimits, queryLength: 1_000_000 },
  jsonDepth: 2000,
}

const noBody = new Uint8Array()

/** Whether it is understood; anything but an ApiError of a client's making is a failure of ours. */
function isUnderstood(method: string, target: string, headers: Record<string, string> = {}): boolean {
  try {
    parseRequest({ method, target, headers, body: noBody }, settings)
    return true
  } catch (error) {
    if (error instanceof ApiError && error.status >= 400 && error.status < 500) return false
    throw error
  }
}

const pieces = [
  '/',
  'rpc',
  'a',
  '?',
  '&',
  '=',
  '.',
  ',',
  '(',
  ')',
  '"',
  '\\',
  '%',
  '%2F',
  '%00',
  '%ff',
  '%2e%2e',
  '->',
  '->>',
  '::',
  ':',
  '!',
  '...',
  '*',
  '{',
  '}',
  'select',
  'order',
  'limit',
  'offset',
  'and',
  'or',
  'not',
  'columns',
  'on_conflict',
  'eq',
  'in',
  'is',
  'any',
  'null',
  '-1',
  '1e308',
  '9223372036854775808',
  "'",
  ';',
  '--',
  '$$',
  '__proto__',
  'constructor',
  '\n',
  'é',
]
const target = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })), { maxLength: 30 })
const header = fc.oneof(
  fc.string(),
  fc
    .array(fc.constantFrom(',', ';', '=', '"', ' ', 'q', 'return', 'tx', '*/*', '0-', '-'), { maxLength: 12 })
    .map((parts) => parts.join('')),
)

test('whatever is sent, the answer is a query or an error of the client', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', ''),
      target,
      fc.record(
        { prefer: header, accept: header, range: header, 'accept-profile': header, 'content-type': header },
        { requiredKeys: [] },
      ),
      (method, parts, headers) => {
        isUnderstood(method, `/${parts.join('')}`, headers as Record<string, string>)
      },
    ),
    { numRuns: 5_000 },
  )
})

describe('time grows with the length, and no faster', () => {
  const length = 400_000

  test.each([
    ['quotes', (size: number) => `/a?b=in.(${'"'.repeat(size)})`],
    ['quotes and commas', (size: number) => `/a?b=in.(${'",'.repeat(size / 2)})`],
    ['backslashes', (size: number) => `/a?b=in.("${'\\'.repeat(size)})`],
    ['braces', (size: number) => `/a?or=(b.eq.${'{'.repeat(size)})`],
    ['braces and members', (size: number) => `/a?or=(${'b.eq.{,'.repeat(size / 7)})`],
    ['blanks', (size: number) => `/a?select=${'%20'.repeat(size / 3)}`],
    ['dashes', (size: number) => `/a?select=${'a-'.repeat(size / 2)}`],
    ['dashes in a path', (size: number) => `/a?select=a->${'b-'.repeat(size / 2)}`],
    ['digits in a path', (size: number) => `/a?select=a->${'1'.repeat(size)}x`],
    ['colons', (size: number) => `/a?select=${'a:'.repeat(size / 2)}`],
    ['columns', (size: number) => `/a?select=${'a,'.repeat(size / 2)}a`],
    ['percent signs', (size: number) => `/a?b=eq.${'%'.repeat(size)}`],
    ['ampersands', (size: number) => `/a?${'&'.repeat(size)}`],
    ['slashes', (size: number) => `/${'/'.repeat(size)}`],
    ['dots in a name', (size: number) => `/a?${'b.'.repeat(size / 2)}c=eq.1`],
  ])('%s', (_, make) => {
    // Milliseconds; with quadratic growth this would be minutes and run into the test's time limit.
    expect(typeof isUnderstood('GET', make(length))).toBe('boolean')
  })

  test.each([
    ['accept', ','.repeat(200_000)],
    ['accept', 'a/b;q=0.5,'.repeat(20_000)],
    ['prefer', ','.repeat(200_000)],
    ['range', '1'.repeat(200_000)],
    ['content-type', ';'.repeat(200_000)],
  ])('header %s', (name, value) => {
    expect(typeof isUnderstood('POST', '/a', { [name]: value })).toBe('boolean')
  })
})
