import { describe, expect, test } from 'vitest'
import { contentTypeOf, formatMediaType, parseMediaType } from './media-type.js'

describe('media types are read and written', () => {
  test.each([
    ['application/json', 'application/json', 'application/json; charset=utf-8'],
    ['Text/CSV', 'text/csv', 'text/csv; charset=utf-8'],
    ['image/png', 'image/png', 'image/png'],
    [
      'application/vnd.pgrst.object',
      'application/vnd.pgrst.object+json',
      'application/vnd.pgrst.object+json; charset=utf-8',
    ],
    [
      'application/vnd.pgrst.object+json; nulls=stripped',
      'application/vnd.pgrst.object+json;nulls=stripped',
      'application/vnd.pgrst.object+json;nulls=stripped; charset=utf-8',
    ],
    ['application/vnd.pgrst.array+json', 'application/json', 'application/json; charset=utf-8'],
    [
      'application/vnd.pgrst.plan+json; for="text/csv"; options=wal|analyze|nonsense',
      'application/vnd.pgrst.plan+json; for="text/csv"; options=analyze|wal',
      'application/vnd.pgrst.plan+json; for="text/csv"; options=analyze|wal; charset=utf-8',
    ],
    [
      'application/vnd.pgrst.plan',
      'application/vnd.pgrst.plan+text; for="application/json"',
      'application/vnd.pgrst.plan+text; for="application/json"; charset=utf-8',
    ],
  ])('%s', (text, formatted, contentType) => {
    const media = parseMediaType(text)
    expect(formatMediaType(media)).toBe(formatted)
    expect(contentTypeOf(media)).toBe(contentType)
  })
})
