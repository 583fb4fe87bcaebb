import { expect, test } from 'vitest'
import { withSchemas } from './qualified-name.js'

test.each([
  ['api.status[]', ['api'], 'api.status[]'],
  ['api.status[]', [], 'status[]'],
  ['"Od.d"."ty.pe"(3)', [], '"ty.pe"(3)'],
  ['"Od""d"."ty.pe"', ['Od"d'], '"Od""d"."ty.pe"'],
  ['a integer, "x.y" lib.citext, OUT z numeric(10,2)', ['x'], 'a integer, "x.y" citext, OUT z numeric(10,2)'],
  ['VARIADIC größen lib.größe[]', [], 'VARIADIC größen größe[]'],
  ['timestamp(3) without time zone', [], 'timestamp(3) without time zone'],
])('%s, where %j are to be seen', (text, schemas, expected) => {
  expect(withSchemas(text, new Set(schemas))).toBe(expected)
})
