import { expect, test } from 'vitest'
import { cookiesJson, headersJson } from './request-json.js'

test('headers, without cookies, in UTF-8', () => {
  const headers = { accept: '*/*', cookie: 'a=1', 'x-name': Buffer.from('Zoë').toString('latin1') }
  expect(JSON.parse(headersJson(headers))).toEqual({ accept: '*/*', 'x-name': 'Zoë' })
})

test.each([
  [undefined, {}],
  ['a=1; b=x=y;c', { a: '1', b: 'x=y' }],
  ['__proto__=1', JSON.parse('{"__proto__":"1"}')],
])('cookies %s', (header, expected) => {
  expect(JSON.parse(cookiesJson(header))).toEqual(expected)
})
