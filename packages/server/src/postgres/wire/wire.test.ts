import { expect, test } from 'vitest'
import { readDataRow, readRowHead } from './data-row.js'
import { readErrorFields } from './error-fields.js'
import { MessageReader } from './message-reader.js'
import { MessageWriter } from './message-writer.js'

const message = (type: string, content: Buffer) => {
  const head = Buffer.alloc(5, type)
  head.writeInt32BE(content.length + 4, 1)
  return Buffer.concat([head, content])
}

function dataRow(...texts: (string | null)[]): Buffer {
  const column = (text: string | null) => {
    const length = Buffer.alloc(4)
    length.writeInt32BE(text === null ? -1 : Buffer.byteLength(text))
    return Buffer.concat([length, Buffer.from(text ?? '')])
  }
  return Buffer.concat([Buffer.from([0, texts.length]), ...texts.map(column)])
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
  const reader = new MessageReader({
    message: (type, buffer, start, end) =>
      void received.push([String.fromCharCode(type), buffer.toString('utf8', start, end)]),
    begin: () => null,
  })
  for (let at = 0; at < bytes.length; at += size) reader.read(bytes.subarray(at, at + size))
  expect(received).toEqual(sent)
})

test.each([3, 64, 1_000, 70_000])('a long row in chunks of %i bytes: its last column comes in parts', (size) => {
  const row = dataRow('12', null, 'ö'.repeat(100_000))
  const all = Buffer.concat([
    message('1', Buffer.alloc(0)),
    message('D', row),
    message('D', row),
    message('Z', Buffer.from('I')),
  ])
  const received: unknown[] = []
  const reader = new MessageReader({
    message: (type) => void received.push(String.fromCharCode(type)),
    begin: (type, buffer, start, end) => {
      const head = type === 0x44 ? readRowHead(buffer, start, end) : null
      if (head === null) return null
      const parts: Buffer[] = [buffer.subarray(head.at, end)]
      return {
        part: (bytes) => void parts.push(bytes),
        end: () => void received.push([head.row, head.length, String(Buffer.concat(parts))]),
      }
    },
  })
  for (let at = 0; at < all.length; at += size) reader.read(Buffer.from(all.subarray(at, at + size)))
  const long = [['12', null, null], 200_000, 'ö'.repeat(100_000)]
  expect(received).toEqual(['1', long, long, 'Z'])
})

test('what has the length of no message is none', () => {
  const reader = new MessageReader({ message: () => {}, begin: () => null })
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

test('columns of a row; a long last one may be taken as bytes', () => {
  const row = dataRow
  const long = 'ö'.repeat(20_000)
  const bodySink = { isBinary: false, bytes: null }
  expect(readDataRow(row('ä', null, ''), 0, bodySink)).toEqual(['ä', null, ''])
  expect(bodySink.bytes).toBe(null)
  expect(readDataRow(row('1', long), 0, null)).toEqual(['1', long])
  expect(readDataRow(row('1', long), 0, bodySink)).toEqual(['1', null])
  expect(String(bodySink.bytes)).toBe(long)
  const binary = { isBinary: true, bytes: null }
  expect(readDataRow(row('1', 'short'), 0, binary)).toEqual(['1', null])
  expect(String(binary.bytes)).toBe('short')
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
