import { expect, test } from 'vitest'
import type { HttpRequest, HttpResponse } from '../http-message.js'
import { withETag } from './etag.js'

const ask = (condition?: string, method = 'GET'): HttpRequest => ({
  method,
  target: '/x',
  headers: { 'if-none-match': condition },
  body: new Uint8Array(),
})
const answer = (body: HttpResponse['body'], ...headers: [string, string][]): HttpResponse => ({
  status: 200,
  headers: [['Content-Range', '0-0/*'], ['Vary', 'Accept'], ...headers],
  body,
})
const tagOf = ({ headers }: HttpResponse) => headers.find(([name]) => name.toLowerCase() === 'etag')?.[1] ?? ''

test('the same content has the same tag, other content another', () => {
  const tag = tagOf(withETag(ask(), answer('[1]')))
  expect(tag).toMatch(/^W\/"[\w-]{22}"$/)
  expect(tagOf(withETag(ask(), answer(Buffer.from('[1]'))))).toBe(tag)
  expect(tagOf(withETag(ask(), answer('[2]')))).not.toBe(tag)
  expect(tagOf(withETag(ask(), { ...answer('[1]'), headers: [['Content-Range', '0-0/9']] }))).not.toBe(tag)
})

test('who has the content is told so', () => {
  const tag = tagOf(withETag(ask(), answer('[1]')))
  for (const condition of [tag, tag.slice(2), `"other", ${tag}`, '*']) {
    const { status, headers, body } = withETag(ask(condition), answer('[1]'))
    expect([status, body]).toEqual([304, null])
    expect(Object.fromEntries(headers)).toEqual({ Vary: 'Accept', ETag: tag })
  }
  expect(withETag(ask('"other"'), answer('[1]')).status).toBe(200)
})

test('what is no content of a GET has none, and a tag of SQL stays', () => {
  expect(tagOf(withETag(ask('*', 'POST'), answer('[1]')))).toBe('')
  expect(tagOf(withETag(ask('*', 'HEAD'), answer(null)))).toBe('')
  expect(withETag(ask('*'), { ...answer('{}'), status: 404 }).status).toBe(404)
  expect(tagOf(withETag(ask(), answer('[1]', ['etag', '"own"'])))).toBe('"own"')
  expect(withETag(ask('"own"'), answer('[1]', ['etag', '"own"'])).status).toBe(304)
})
