import { describe, expect, test } from 'vitest'
import type { HttpRequest, HttpResponse } from '../http-message.js'
import { preflightResponse, withCors } from './cors.js'

function request(method: string, headers: HttpRequest['headers']): HttpRequest {
  return { method, target: '/items', headers, body: new Uint8Array() }
}

const ok: HttpResponse = { status: 200, headers: [['Content-Type', 'application/json']], body: '[]' }
const preflight = {
  origin: 'http://example.com',
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'Foo,Bar, accept, bad name, authorization',
}

describe('preflight requests', () => {
  test('any origin, and the headers it asks for', () => {
    expect(preflightResponse(request('OPTIONS', preflight), [])).toEqual({
      status: 200,
      headers: [
        ['Access-Control-Allow-Origin', '*'],
        ['Access-Control-Allow-Methods', 'GET, POST, PATCH, PUT, DELETE, OPTIONS, HEAD'],
        ['Access-Control-Allow-Headers', 'Authorization, Foo, Bar, accept, Accept-Language, Content-Language'],
        ['Access-Control-Max-Age', '86400'],
      ],
      body: null,
    })
  })

  test('what is none', () => {
    expect(preflightResponse(request('GET', preflight), [])).toBeNull()
    expect(preflightResponse(request('OPTIONS', { origin: 'http://example.com' }), [])).toBeNull()
    expect(preflightResponse(request('OPTIONS', { ...preflight, origin: undefined }), [])).toBeNull()
    expect(
      preflightResponse(request('OPTIONS', { ...preflight, 'access-control-request-method': 'TRACE' }), []),
    ).toBeNull()
  })
})

describe('where origins are listed, a preflight', () => {
  const listed = ['https://example.com']

  test('of one of them names it, and caches keep it for that one', () => {
    const { headers = [] } = preflightResponse(request('OPTIONS', { ...preflight, origin: listed[0] }), listed) ?? {}
    expect(headers).toContainEqual(['Access-Control-Allow-Origin', 'https://example.com'])
    expect(headers).toContainEqual(['Vary', 'Origin'])
  })

  test.each(['https://other.example', undefined])('of %s is told of no origin', (origin) => {
    const asked = request('OPTIONS', { ...preflight, origin })
    expect(preflightResponse(asked, listed)).toBeNull()
    const answered: HttpResponse = { status: 200, headers: [['access-control-allow-origin', '*']], body: null }
    expect(withCors(asked, answered, listed).headers).toEqual([['Vary', 'Origin']])
  })
})

describe('responses', () => {
  test('without an origin nothing is added', () => {
    expect(withCors(request('GET', {}), ok, [])).toBe(ok)
  })

  test('any origin, but without credentials', () => {
    const { headers } = withCors(request('GET', { origin: 'null' }), ok, [])
    expect(headers).toContainEqual(['Access-Control-Allow-Origin', '*'])
    expect(headers.map(([name]) => name)).not.toContain('Access-Control-Allow-Credentials')
  })

  test.each([
    ['https://example.com', true],
    ['https://example.com.evil.org', false],
    ['https://evil-example.com', false],
    ['http://example.com', false],
    ['https://example.com:444', false],
    ['https://EXAMPLE.com', false],
    ['null', false],
  ])('where origins are listed: %s is %s', (origin, allowed) => {
    const { headers } = withCors(request('GET', { origin }), ok, ['https://example.com'])
    expect(headers.some(([name]) => name === 'Access-Control-Allow-Origin')).toBe(allowed)
    expect(headers.some(([name]) => name === 'Access-Control-Allow-Credentials')).toBe(allowed)
    expect(headers).toContainEqual(['Vary', 'Origin'])
  })
})
