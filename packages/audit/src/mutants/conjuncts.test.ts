import { expect, test } from 'vitest'
import { conjunctsOf } from './conjuncts.js'

test.each<[string, readonly string[]]>([
  ['((a = 1) AND (b = 2) AND c)', ['(a = 1)', '(b = 2)', 'c']],
  ['(a = 1)', ['(a = 1)']],
  ['((a = 1) OR ((b = 2) AND c))', ['((a = 1) OR ((b = 2) AND c))']],
  [
    "((a = ' AND ('::text) AND (\"x AND y(\" = 'it''s'::text))",
    ["(a = ' AND ('::text)", "(\"x AND y(\" = 'it''s'::text)"],
  ],
  ["((a = E'\\' AND '::text) AND b)", ["(a = E'\\' AND '::text)", 'b']],
  ['(a) AND (b)', ['(a)', '(b)']],
])('%s', (text, parts) => {
  expect(conjunctsOf(text)).toEqual(parts)
})
