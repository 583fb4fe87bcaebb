import { expect, test } from 'vitest'
import { jsdoc } from './jsdoc.js'

test.each([
  ['standard public schema', ''],
  ['@omit', ''],
  ['@name people\n@omit create,update\nWho is here', '/** Who is here */\n'],
  ['Who is here\n  @behavior -insert\n@foreignKey (a) references b (c)|@fieldName x', '/** Who is here */\n'],
  ['@graphql({"name": "x",\n  "totalCount": {"enabled": true}}) Who is here', '/** Who is here */\n'],
  ['@deprecated use another', '/** @deprecated use another */\n'],
  ['@deprecated-ish', ''],
  ['mail me @ home, me@example.org', '/** mail me &#64; home, me&#64;example.org */\n'],
  ['@ 5 o’clock', '/** &#64; 5 o’clock */\n'],
  ['a */ b', '/** a *&#47; b */\n'],
])('%j', (comment, expected) => {
  expect(jsdoc([comment])).toBe(expected)
})
