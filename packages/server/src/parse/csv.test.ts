import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseCsv } from './csv.js'

function recordsOf(text: string): string[][] | null {
  try {
    return [...parseCsv(text)]
  } catch {
    return null
  }
}

describe('parseCsv', () => {
  test.each<[text: string, records: string[][] | null]>([
    [
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r\n1,2\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    ['\ufeffa\n1', [['a'], ['1']]],
    ['a\n""', [['a'], ['']]],
    [
      'a,b\n,',
      [
        ['a', 'b'],
        ['', ''],
      ],
    ],
    ['"a ""b""","c\nd"', [['a "b"', 'c\nd']]],
    ['a\rb\r\n\nc\n', [['a'], ['b'], ['c']]],
    ['a"b\n', null],
    ['a\n"b', null],
    ['a\n"b"c', null],
    ['', []],
  ])('%j', (text, records) => {
    expect(recordsOf(text)).toEqual(records)
  })

  test('reads what is quoted as it was', () => {
    const table = fc.array(fc.array(fc.string(), { minLength: 1 }), { minLength: 1 })
    const quoted = (field: string) => `"${field.replaceAll('"', '""')}"`
    fc.assert(
      fc.property(table, (records) => {
        const text = records.map((record) => record.map(quoted).join()).join('\n')
        expect(recordsOf(text)).toEqual(records)
      }),
    )
  })
})
