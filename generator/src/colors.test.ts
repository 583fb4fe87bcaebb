import { expect, test } from 'vitest'
import { paintFor } from './colors.js'

test.each([
  [{ isTTY: true }, {}, true],
  [{}, {}, false],
  [{ isTTY: true }, { NO_COLOR: '1' }, false],
  [{ isTTY: true }, { NO_COLOR: '' }, true],
  [{ isTTY: true }, { TERM: 'dumb' }, false],
  [{}, { FORCE_COLOR: '1' }, true],
  [{}, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
])('%j with %j: %s', (stream, env, isColored) => {
  expect(paintFor(stream, env)('red', 'x')).toBe(isColored ? '\u001b[31mx\u001b[39m' : 'x')
})
