import { describe, expect, test } from 'vitest'
import { check, compilers, project } from '../../test/bench/lib/type-check.mjs'
import { typeOfJsonSchema } from './json-schema.js'

const typeOf = (schema: unknown) => typeOfJsonSchema(JSON.stringify(schema))
const closed = { type: 'object', additionalProperties: false }

const cases: [schema: unknown, type: string | null][] = [
  [{ type: 'string', minLength: 1 }, 'string'],
  [{ type: ['integer', 'null'] }, 'number | null'],
  [{ type: 'string', enum: ['a', "it's", 1, null, true] }, "'a' | 'it\\'s' | 1 | null | true"],
  [{ enum: [{ a: [1] }, []] }, '{ a: [1] } | []'],
  [{ const: 'x' }, "'x'"],
  [{ const: -1.5 }, '-1.5'],
  [{ type: 'array', items: { type: 'boolean' } }, 'boolean[]'],
  [{ type: 'array', items: { enum: ['a', 'b'] } }, "('a' | 'b')[]"],
  [{ type: 'array' }, 'unknown[]'],
  [{ type: 'array', prefixItems: [{ type: 'string' }, {}], items: false, minItems: 2 }, '[string, unknown]'],
  [{ type: 'array', prefixItems: [{ type: 'string' }] }, 'unknown[]'],
  [{ type: 'object' }, '{ [key: string]: unknown }'],
  [{ type: 'object', additionalProperties: { type: 'number' } }, '{ [key: string]: number }'],
  [{ ...closed }, 'Record<string, never>'],
  [{ ...closed, patternProperties: { '^x': {} } }, '{ [key: string]: unknown }'],
  [
    { ...closed, properties: { a: { type: 'string' }, 'b c': { type: 'number' } }, required: ['a', 'z'] },
    "{ a: string; 'b c'?: number; z: unknown }",
  ],
  [
    { type: 'object', properties: { a: { type: 'number' } }, additionalProperties: { type: 'string' } },
    '{ a?: number; [key: string]: unknown }',
  ],
  [{ anyOf: [{ type: 'string' }, closed] }, 'string | Record<string, never>'],
  [{ oneOf: [{ type: 'string' }, { minimum: 1 }] }, null],
  [
    { ...closed, properties: { a: { type: 'string' } }, oneOf: [{ required: ['a'] }, { required: ['b'] }] },
    '({ a?: string }) & ({ a: unknown; [key: string]: unknown } | { b: unknown; [key: string]: unknown })',
  ],
  [{ allOf: [{ type: 'number' }, { type: 'number', minimum: 0 }, true] }, 'number'],
  [{ type: 'string', not: { const: 'x' } }, 'string'],
  [{ $ref: '#/$defs/size~1w', $defs: { 'size/w': { enum: ['S', 'L'] } } }, "'S' | 'L'"],
  [{ $ref: 'https://example.com/schema.json' }, null],
  [{ $ref: '#/constructor' }, null],
  [{ $ref: '#' }, null],
  [
    { type: 'object', properties: { next: { $ref: '#' }, name: { type: 'string' } } },
    '{ next?: unknown; name?: string; [key: string]: unknown }',
  ],
  [{ $schema: 'http://json-schema.org/draft-07/schema#', $ref: '#/d', type: 'string', d: { type: 'null' } }, 'null'],
  [false, 'never'],
  [true, null],
  [{}, null],
  [null, null],
  [{ type: 'object', required: 'all', properties: ['a'] }, '{ [key: string]: unknown }'],
  [{ type: 7, enum: 'x', anyOf: {} }, null],
]

test.each(cases)('%j', (schema, expected) => {
  expect(typeOf(schema)).toBe(expected)
})

test('no schema', () => {
  expect(typeOfJsonSchema('{')).toBe(null)
  expect(typeOfJsonSchema('{"const": 1e999}')).toBe('number')
})

describe('hostile schemas', () => {
  const names = ['__proto__', 'constructor', '*/ x /*', "'; x //", '`$' + '{x}`', '\u2028', '', 'a\nb']
  const properties = `{${names.map((name) => `${JSON.stringify(name)}: {"const": ${JSON.stringify(name)}}`).join()}}`
  const hostile = typeOfJsonSchema(
    `{"type": "object", "properties": ${properties}, "required": ["__proto__"], "additionalProperties": false}`,
  )

  test('their names are keys, and nothing else', () => {
    expect(hostile).toContain(
      "{ __proto__: '__proto__'; constructor?: 'constructor' | Object['constructor']; '*/ x /*'?: '*/ x /*'",
    )
    expect(hostile).not.toMatch(/[\n\u2028]/)
  })

  test('one that is nested deeply, and one that doubles at each step, end', () => {
    const [open, close] = ['{"type": "array", "items": ', '}']
    expect(typeOfJsonSchema(`${open.repeat(5000)}true${close.repeat(5000)}`)).toMatch(/^unknown(\[\])+$/)
    const $defs = Object.fromEntries(
      Array.from({ length: 15 }, (_, i) => [`d${i}`, { ...closed, properties: twice(`#/$defs/d${i + 1}`) }]),
    )
    expect(typeOf({ $ref: '#/$defs/d0', $defs })?.length).toBeLessThan(50_000)
  })

  test('every type compiles', async () => {
    const types = [...cases.map(([schema]) => typeOf(schema)), hostile].map((type) => type ?? 'unknown')
    const { folder, remove } = project({
      'types.ts': types.map((type, index) => `export type T${index} = ${type}\n`).join(''),
    })
    const { errors } = await check(folder, compilers['5.9'])
    remove()
    expect(errors).toEqual([])
  })

  const twice = ($ref: string) => ({ a: { $ref }, b: { $ref } })
})
