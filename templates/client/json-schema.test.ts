import { expect, test } from 'vitest'
import { typeOfCheckedJson } from './json-schema.js'

const check = (schema: unknown) =>
  `jsonb_matches_schema('${JSON.stringify(schema).replaceAll("'", "''")}'::json, VALUE)`

test.each([
  [{ type: 'string' }, 'string'],
  [{ type: ['integer', 'null'] }, 'number | null'],
  [{ enum: ['a', "it's", 1, null, true] }, "'a' | 'it\\'s' | 1 | null | true"],
  [{ const: 'x' }, "'x'"],
  [{ type: 'array', items: { type: 'boolean' } }, '(boolean)[]'],
  [{ type: 'array' }, '(unknown)[]'],
  [
    {
      type: 'object',
      properties: { a: { type: 'string' }, 'b c': { type: 'number' } },
      required: ['a'],
      additionalProperties: false,
    },
    "{ a: string; 'b c'?: number }",
  ],
  [{ type: 'object', properties: { a: {} } }, '{ a?: unknown; [key: string]: unknown }'],
  [{ anyOf: [{ type: 'string' }, { type: 'object', additionalProperties: false }] }, 'string | Record<string, never>'],
  [{ $ref: '#/x' }, 'unknown'],
  [true, 'unknown'],
])('%j', (schema, expected) => {
  expect(typeOfCheckedJson(check(schema))).toBe(expected)
})

test.each(['(VALUE IS NOT NULL)', "jsonb_matches_schema('{'::json, VALUE)"])('no type: %s', (text) => {
  expect(typeOfCheckedJson(text)).toBe(null)
})

test('a schema that never ends', () => {
  let schema: object = { type: 'string' }
  for (let depth = 0; depth < 100; depth++) schema = { type: 'array', items: schema }
  expect(typeOfCheckedJson(check(schema))).toContain('unknown')
})
