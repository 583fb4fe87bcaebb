import { describe, expect, test } from 'vitest'
import { settingHeaders, settingStatus, withOverrides } from './settings-override.js'

describe('headers that SQL sets', () => {
  test('are said as they are', () => {
    expect(settingHeaders('[{"X-A": "1"}, {"X-A": "2"}]')).toEqual([
      ['X-A', '1'],
      ['X-A', '2'],
    ])
    expect(settingHeaders(null)).toEqual([])
  })

  test('may be any text', () => {
    expect(settingHeaders('[{"Content-Disposition": "attachment; filename=\\"отчёт.pdf\\""}]')).toEqual([
      ['Content-Disposition', 'attachment; filename="отчёт.pdf"'],
    ])
  })

  test.each([
    [
      '[{"X-A":"1"},{"Content-Length":"3"}]',
      'The header "Content-Length" belongs to the connection and cannot be set.',
    ],
    ['[{"X-A":"a\\r\\nb: c"}]', 'The header "X-A" has a control character'],
    ['[{"X-A":"\\ud800"}]', 'The header "X-A" has a control character or half a surrogate pair'],
    ['[{"a b":"1"}]', 'The header "a b" cannot be sent'],
    ['[{"X-A":1}]', 'The header "X-A" has a value that is not a string.'],
  ])('%s: the error names the header', (text, details) => {
    expect(() => settingHeaders(text)).toThrow(expect.objectContaining({ details: expect.stringContaining(details) }))
  })

  test.each([
    '{}',
    'x',
    '[1]',
    '[{}]',
    '[{"a":"1","b":"2"}]',
    '[{"a":1}]',
    '[{"":"1"}]',
    '[{"a":"\\r\\nb: c"}]',
    '[{"a b":"1"}]',
    '[{"Content-Length":"3"}]',
    '[{"connection":"close"}]',
  ])('%s is refused', (text) => {
    expect(() => settingHeaders(text)).toThrow(expect.objectContaining({ status: 500, code: 'PGRST111' }))
  })
})

test.each(['99', '100', '600', '1000', 'abc', '2e2', ' 200'])('status %s is refused', (text) => {
  expect(() => settingStatus(text)).toThrow(expect.objectContaining({ status: 500, code: 'PGRST112' }))
})

test('what SQL says replaces what we say', () => {
  expect(
    withOverrides(
      [
        ['Content-Type', 'a'],
        ['X', '1'],
      ],
      [['content-type', 'b']],
    ),
  ).toEqual([
    ['X', '1'],
    ['content-type', 'b'],
  ])
})
