import { expect, test } from 'vitest'
import { contentRange, rangeOf } from './content-range.js'

test.each([
  [0, 3, null, 200, '0-2/*'],
  [0, 3, 3, 200, '0-2/3'],
  [0, 2, 3, 206, '0-1/3'],
  [2, 1, 3, 206, '2-2/3'],
  [0, 0, null, 200, '*/*'],
  [0, 0, 0, 200, '*/0'],
  [3, 0, 3, 206, '*/3'],
  [4, 0, 3, 416, '*/3'],
])('offset %s, %s rows of %s', (offset, rows, total, status, range) => {
  expect(rangeOf(offset, rows, total)).toEqual({ status, range })
})

test('without rows there is no first one', () => {
  expect(contentRange(1, 0, 5)).toBe('*/5')
})
