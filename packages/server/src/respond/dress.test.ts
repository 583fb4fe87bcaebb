import { expect, test } from 'vitest'
import { addCommonHeaders } from './common-headers.js'

test.each([
  ['abc', true],
  ['x'.repeat(512), true],
  ['x'.repeat(513), false],
])('a trace header is sent back unless it is long', (trace, isSentBack) => {
  const request = { method: 'GET', target: '/', headers: { 'x-trace': trace }, body: new Uint8Array() }
  const { headers } = addCommonHeaders(
    request,
    { status: 200, headers: [], body: null },
    { traceHeader: 'x-trace', isPrivate: false },
  )
  expect(headers.some(([name, value]) => name === 'x-trace' && value === trace)).toBe(isSentBack)
})
