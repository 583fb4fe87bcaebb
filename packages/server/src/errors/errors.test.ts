import { describe, expect, test } from 'vitest'
import { ApiError } from './api-error.js'
import { errorResponse } from './error-response.js'
import { postgresError } from './postgres-error.js'
import { statusOfState } from './postgres-status.js'

describe('the status of a PostgreSQL error', () => {
  test.each([
    ['08006', 503],
    ['09000', 500],
    ['0L000', 403],
    ['0P000', 403],
    ['22001', 400],
    ['22P02', 400],
    ['23502', 400],
    ['23503', 409],
    ['23505', 409],
    ['23514', 400],
    ['25006', 405],
    ['25P02', 500],
    ['28000', 403],
    ['2D000', 500],
    ['38000', 500],
    ['39000', 500],
    ['3B000', 500],
    ['40001', 500],
    ['42601', 400],
    ['42883', 404],
    ['42P01', 404],
    ['42P17', 500],
    ['53300', 503],
    ['53400', 500],
    ['54001', 500],
    ['55P03', 500],
    ['57014', 500],
    ['57P01', 503],
    ['58030', 500],
    ['F0000', 500],
    ['HV000', 500],
    ['P0001', 400],
    ['P0002', 500],
    ['PT402', 402],
    ['PT40A', 500],
    ['PT999', 500],
    ['XX000', 500],
    ['whatever', 400],
  ])('%s is %i', (state, status) => {
    expect(statusOfState(state, 'message', true)).toBe(status)
  })

  test('some depend on the message, and on whether there was a token', () => {
    expect(statusOfState('42501', '', true)).toBe(403)
    expect(statusOfState('42501', '', false)).toBe(401)
    expect(statusOfState('22023', 'role "x" does not exist', true)).toBe(401)
    expect(statusOfState('22023', 'invalid value', true)).toBe(400)
    expect(statusOfState('21000', 'DELETE requires a WHERE clause', true)).toBe(400)
    expect(statusOfState('21000', 'more than one row returned', true)).toBe(500)
    expect(statusOfState('42883', 'function xmlagg(text) does not exist', true)).toBe(406)
  })
})

describe('a PostgreSQL error as a response', () => {
  test('has its own words', () => {
    const error = postgresError({ code: '23505', message: 'duplicate', detail: 'Key (id)=(1)' }, true)
    expect(error).toMatchObject({
      status: 409,
      code: '23505',
      message: 'duplicate',
      details: 'Key (id)=(1)',
      hint: null,
    })
  })

  test('asks for a token where one might help', () => {
    expect(postgresError({ code: '42501', message: 'no' }, false).headers).toEqual([['WWW-Authenticate', 'Bearer']])
    expect(postgresError({ code: '42501', message: 'no' }, true).headers).toEqual([])
  })
})

describe('a response that a function raises', () => {
  const raise = (message: string, detail?: string) => postgresError({ code: 'PGRST', message, detail }, true)

  test('is what it describes', () => {
    const message = JSON.stringify({ code: '123', message: 'ABC', details: 'DEF', hint: 'XYZ' })
    expect(
      raise(message, JSON.stringify({ status: 332, status_text: 'x', headers: { 'X-Header': 'str' } })),
    ).toMatchObject({
      status: 332,
      code: '123',
      message: 'ABC',
      details: 'DEF',
      hint: 'XYZ',
      headers: [['X-Header', 'str']],
      statusText: 'x',
    })
  })

  test('may leave details and hint out', () => {
    expect(raise('{"code":"1","message":"m"}', '{"status":404,"headers":{}}')).toMatchObject({
      details: null,
      hint: null,
    })
  })

  test.each([
    ['INVALID', '{"status":404,"headers":{}}', "Invalid JSON value for MESSAGE: 'INVALID'"],
    ['{"code":1,"message":"m"}', '{"status":404,"headers":{}}', 'Invalid JSON value for MESSAGE'],
    ['{"code":"1","message":"m"}', undefined, 'DETAIL is missing in the RAISE statement'],
    ['{"code":"1","message":"m"}', 'x', "Invalid JSON value for DETAIL: 'x'"],
    ['{"code":"1","message":"m"}', '{"status":404}', 'Invalid JSON value for DETAIL'],
    ['{"code":"1","message":"m"}', '{"status":404,"status_text":1,"headers":{}}', 'Invalid JSON value for DETAIL'],
    ['{"code":"1","message":"m"}', '{"status":9999,"headers":{}}', 'Invalid JSON value for DETAIL'],
    ['{"code":"1","message":"m"}', '{"status":404,"headers":{"a":"b\\r\\nc: d"}}', 'Invalid JSON value for DETAIL'],
    ['{"code":"1","message":"m"}', '{"status":404,"headers":{"a b":"c"}}', 'Invalid JSON value for DETAIL'],
  ])('%s with %s is an error of its own', (message, detail, details) => {
    expect(raise(message, detail)).toMatchObject({
      status: 500,
      code: 'PGRST121',
      details: expect.stringContaining(details),
      hint: expect.stringMatching(/^(MESSAGE|DETAIL) must be a JSON object/),
    })
  })

  test('names the header that cannot be sent', () => {
    const detail = '{"status":404,"headers":{"X-Fine":"é","content-length":"3"}}'
    expect(raise('{"code":"1","message":"m"}', detail)).toMatchObject({
      hint: expect.stringContaining('The header "content-length" belongs to the connection'),
    })
  })

  test('has headers beyond Latin-1', () => {
    const detail = '{"status":404,"headers":{"X-Name":"отчёт"}}'
    expect(raise('{"code":"1","message":"m"}', detail)).toMatchObject({ headers: [['X-Name', 'отчёт']] })
  })
})

describe('an error as HTTP', () => {
  const error = new ApiError(404, 'PGRST205', 'No "table"', 'details', 'hint', [['X-A', 'b']])

  test('with everything', () => {
    expect(errorResponse(error, 'verbose')).toEqual({
      status: 404,
      headers: [
        ['Content-Type', 'application/json; charset=utf-8'],
        ['Proxy-Status', 'PostgREST; error=PGRST205'],
        ['X-A', 'b'],
      ],
      body: '{"code":"PGRST205","details":"details","hint":"hint","message":"No \\"table\\""}',
    })
  })

  test('with little', () => {
    expect(errorResponse(error, 'minimal').body).toBe('{"code":"PGRST205","message":"No \\"table\\""}')
  })

  test('words behind the status stay on its line', () => {
    const told = new ApiError(402, 'PT402', 'm', null, null, [], `a\r\nX: y\u0000é${'x'.repeat(300)}`)
    expect(errorResponse(told, 'verbose').statusText).toBe(`a X: y é${'x'.repeat(192)}`)
  })

  test('a code that is no token cannot break out of the header', () => {
    const { headers } = errorResponse(new ApiError(400, 'a"b\r\nX: y', 'm'), 'verbose')
    expect(headers[1]).toEqual(['Proxy-Status', 'PostgREST; error="a\\"b??X: y"'])
  })
})
