import { expect, test } from 'vitest'
import { readDataRow } from './data-row.js'
import { readErrorFields } from './error-fields.js'
import { MessageReader } from './message-reader.js'
import { MessageWriter } from './message-writer.js'

const message = (type: string, content: Buffer) => {
  const head = Buffer.alloc(5, type)
  head.writeInt32BE(content.length + 4, 1)
  return Buffer.concat([head, content])
}

const sent: readonly [string, string][] = [
  ['1', ''],
  ['D', 'a row'],
  ['C', 'x'.repeat(100)],
  ['2', ''],
  ['Z', 'I'],
]
const bytes = Buffer.concat(sent.map(([type, text]) => message(type, Buffer.from(text))))

test.each(Array.from({ length: bytes.length }, (_, index) => index + 1))('messages in chunks of %i bytes', (size) => {
  const received: [string, string][] = []
  const reader = new MessageReader((type, buffer, start, end) => {
    received.push([String.fromCharCode(type), buffer.toString('utf8', start, end)])
  })
  for (let at = 0; at < bytes.length; at += size) reader.read(bytes.subarray(at, at + size))
  expect(received).toEqual(sent)
})

test('what has the length of no message is none', () => {
  const reader = new MessageReader(() => {})
  expect(() => reader.read(Buffer.from('HTTP/1.1 400 Bad Request').fill(0, 1, 5))).toThrow()
})

test('messages are written one after another', () => {
  const writer = new MessageWriter()
  writer.closeStatement('old')
  writer.parse('näme', 'SELECT $1')
  writer.bind('näme', ['zwölf', Buffer.from([1, 2])])
  writer.execute()
  writer.sync()
  const expected = [
    message('C', Buffer.from('Sold\0')),
    message('P', Buffer.from('näme\0SELECT $1\0\0\0')),
    message(
      'B',
      Buffer.concat([
        Buffer.from('\0näme\0'),
        Buffer.from([0, 2, 0, 0, 0, 1, 0, 2, 0, 0, 0, 6]),
        Buffer.from('zwölf'),
        Buffer.from([0, 0, 0, 2, 1, 2, 0, 0]),
      ]),
    ),
    message('E', Buffer.from('\0\0\0\0\0')),
    message('S', Buffer.alloc(0)),
  ]
  expect(writer.take()).toEqual(Buffer.concat(expected))
  expect(writer.take()).toHaveLength(0)
})

test.each([10, 5_000, 100_000])('a value of %i characters', (length) => {
  const writer = new MessageWriter()
  const value = 'ä'.repeat(length)
  writer.bind('', [value])
  const first = writer.take()
  expect(first.readInt32BE(1)).toBe(first.length - 1)
  expect(first.includes(value)).toBe(true)
  writer.bind('', ['another'])
  expect(writer.take().includes('another')).toBe(true)
  expect(first.includes(value)).toBe(true)
})

test('columns of a row; a long first one may be taken as bytes', () => {
  const column = (text: string | null) => {
    const length = Buffer.alloc(4)
    length.writeInt32BE(text === null ? -1 : Buffer.byteLength(text))
    return Buffer.concat([length, Buffer.from(text ?? '')])
  }
  const row = (...texts: (string | null)[]) => Buffer.concat([Buffer.from([0, texts.length]), ...texts.map(column)])
  const long = 'ö'.repeat(20_000)
  const bodySink = { bytes: null }
  expect(readDataRow(row('ä', null, ''), 0, bodySink)).toEqual(['ä', null, ''])
  expect(bodySink.bytes).toBe(null)
  expect(readDataRow(row(long, '1'), 0, null)).toEqual([long, '1'])
  expect(readDataRow(row(long, '1'), 0, bodySink)).toEqual([null, '1'])
  expect(String(bodySink.bytes)).toBe(long)
})

test('what an error says', () => {
  const content = Buffer.from('SERROR\0C22012\0Mdivision by zero\0Hdo not\0Rint4div\0\0')
  expect(readErrorFields(content, 0, content.length)).toEqual({
    code: '22012',
    message: 'division by zero',
    detail: undefined,
    hint: 'do not',
    routine: 'int4div',
  })
})
