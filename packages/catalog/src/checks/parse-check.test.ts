import { describe, expect, test } from 'vitest'
import { parseCheck } from './parse-check.js'

const column = (name: string) => ({ kind: 'column', name })
const constant = (value: string | null, type: string | null) => ({ kind: 'constant', value, type })
const unknown = { kind: 'unknown' }

describe('what PostgreSQL prints', () => {
  test.each([
    ['(qty > 0)', { kind: 'operator', operator: '>', left: column('qty'), right: constant('0', 'numeric') }],
    [
      `((kind)::text = ANY ((ARRAY['a'::character varying, 'it''s'::character varying])::text[]))`,
      {
        kind: 'quantified',
        operator: '=',
        quantifier: 'any',
        left: { kind: 'cast', type: 'text', operand: column('kind') },
        list: {
          kind: 'cast',
          type: 'text[]',
          operand: { kind: 'list', items: [constant('a', 'character varying'), constant("it's", 'character varying')] },
        },
      },
    ],
    [
      '((("A b" IS NOT NULL) AND (b IS NULL)) OR (NOT c))',
      {
        kind: 'or',
        operands: [
          {
            kind: 'and',
            operands: [
              { kind: 'is', what: 'null', negated: true, operand: column('A b') },
              { kind: 'is', what: 'null', negated: false, operand: column('b') },
            ],
          },
          { kind: 'not', operand: column('c') },
        ],
      },
    ],
    [
      '(char_length(TRIM(BOTH FROM name)) <= 3)',
      {
        kind: 'operator',
        operator: '<=',
        left: {
          kind: 'call',
          function: 'char_length',
          arguments: [{ kind: 'call', function: 'btrim', arguments: [column('name')] }],
        },
        right: constant('3', 'numeric'),
      },
    ],
    [
      "(at > '2000-01-01 00:00:00+00'::timestamp(3) with time zone)",
      {
        kind: 'operator',
        operator: '>',
        left: column('at'),
        right: constant('2000-01-01 00:00:00+00', 'timestamp(3) with time zone'),
      },
    ],
    ['(active IS NOT TRUE)', { kind: 'is', what: 'true', negated: true, operand: column('active') }],
    ["(VALUE <> ''::text)", { kind: 'operator', operator: '<>', left: { kind: 'value' }, right: constant('', 'text') }],
    ['(a IS DISTINCT FROM b)', { kind: 'distinct', left: column('a'), right: column('b') }],
  ])('%s', (text, expected) => {
    expect(parseCheck(text)).toEqual(expected)
  })
})

describe('what is not known names nothing', () => {
  test.each([
    'hidden.allows(name)',
    '(name OPERATOR(hidden.=) other)',
    'CASE WHEN (a > 0) THEN b ELSE c END',
    '(facts.*)',
    'EXTRACT(year FROM day)',
    '(a)[1]',
    '((a)::text COLLATE hidden.blurred)',
    '(- a)',
    'row(1,',
    ')',
    '',
    `${'('.repeat(50_000)}a`,
  ])('%s', (text) => {
    expect(parseCheck(text)).toEqual(unknown)
  })

  test('the rest stays', () => {
    expect(parseCheck('((CASE WHEN a THEN b END > 0) AND (qty > 0))')).toEqual({
      kind: 'and',
      operands: [
        { kind: 'operator', operator: '>', left: unknown, right: constant('0', 'numeric') },
        { kind: 'operator', operator: '>', left: column('qty'), right: constant('0', 'numeric') },
      ],
    })
  })
})
