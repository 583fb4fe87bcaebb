import { Readable } from 'node:stream'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { type HttpResponse, streamOf } from '../http-message.js'
import { bestCoding, compressed } from './compress.js'

test.each([
  [undefined, null],
  ['', null],
  ['identity', null],
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['GZIP;Q=1', 'gzip'],
  ['br, gzip', 'br'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['br;q=0, gzip;q=0.1', 'gzip'],
  ['gzip;q=0.5, identity', null],
  ['br;q=0, gzip;q=0, zstd;q=0, *', null],
  ['gzip;q=2, br;q=x', null],
  ['deflate, compress', null],
])('of %j is taken %j', (accepted, coding) => {
  expect(bestCoding(accepted)).toBe(coding)
})

const json = 'application/json; charset=utf-8'
const ask = (accepted: string) => ({
  method: 'GET',
  target: '/x',
  headers: { 'accept-encoding': accepted },
  body: new Uint8Array(),
})
const answer = (body: HttpResponse['body'], type = json, ...more: [string, string][]): HttpResponse => ({
  status: 200,
  headers: [['Content-Type', type], ...more],
  body,
})
const codingOf = ({ headers }: HttpResponse) => headers.find(([name]) => name === 'Content-Encoding')?.[1]

async function read({ body }: HttpResponse): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of streamOf(body) ?? []) chunks.push(chunk)
  return Buffer.concat(chunks)
}

test.each<[string, HttpResponse, string | undefined]>([
  ['long text', answer('x'.repeat(10)), 'gzip'],
  ['bytes of text', answer(Buffer.alloc(10)), 'gzip'],
  ['text of a length that is not known', answer({ stream: Readable.from([]), length: null }), 'gzip'],
  ['short text', answer('x'.repeat(9)), undefined],
  ['an image', answer('x'.repeat(10), 'image/png'), undefined],
  ['what SQL has encoded', answer('x'.repeat(10), json, ['content-encoding', 'br']), undefined],
  ['what must not be changed', answer('x'.repeat(10), json, ['Cache-Control', 'no-transform']), undefined],
  ['no body', answer(null), undefined],
])('%s', (_, response, coding) => {
  const changed = compressed(ask('gzip'), response, 10)
  expect(codingOf(changed)).toBe(coding)
  expect(changed.headers).toContainEqual(['Vary', 'Accept-Encoding'])
  expect(compressed(ask('gzip'), response, null)).toBe(response)
})

test.each([
  ['gzip', gunzipSync],
  ['br', brotliDecompressSync],
] as const)('%s gives the same body', async (coding, restore) => {
  const text = 'Zoë '.repeat(100_000)
  for (const body of [text, Buffer.from(text), { stream: Readable.from([Buffer.from(text)]), length: null }]) {
    expect(String(restore(await read(compressed(ask(coding), answer(body), 1))))).toBe(text)
  }
})

test('a body that breaks off breaks the compressed one', async () => {
  const stream = new Readable({ read: () => stream.destroy(new Error('broken')) })
  await expect(read(compressed(ask('gzip'), answer({ stream, length: 100 }), 1))).rejects.toThrow()
})
