import { expect, test } from 'vitest'
import { checkedSchema } from './json-schema.js'

const schema = `{"enum": ["it's (", ") AND "]}`
const quoted = `'${schema.replaceAll("'", "''")}'::json`

test.each([
  [`jsonb_matches_schema(${quoted}, meta)`],
  [`extensions.jsonb_matches_schema(${quoted}, meta)`],
  [`"Ext ""x".json_matches_schema(schema => ${quoted}, instance => meta)`],
  [`((meta IS NOT NULL) AND jsonb_matches_schema(${quoted}, (meta)::jsonb))`],
  [`((a > 1) AND (b OR c) AND api.jsonb_matches_schema(${quoted}, meta))`],
  [`((meta IS NULL) OR jsonb_matches_schema(${quoted}, meta))`],
])('%s', (expression) => {
  expect(checkedSchema(expression, 'meta')).toBe(schema)
})

test.each([
  [`((kind = 'a'::text) OR jsonb_matches_schema(${quoted}, meta))`],
  [`(NOT jsonb_matches_schema(${quoted}, meta))`],
  [`jsonb_matches_schema(${quoted}, other)`],
  [`jsonb_matches_schema(${quoted}, (meta -> 'a'::text))`],
  [`jsonb_matches_schema(schemas, meta)`],
  [`(jsonb_matches_schema(${quoted}, meta) = false)`],
  [`(note <> 'jsonb_matches_schema(''{}''::json, meta)'::text)`],
  [`not_jsonb_matches_schema(${quoted}, meta)`],
  [`(('unended`],
  [''],
])('says nothing of the column: %s', (expression) => {
  expect(checkedSchema(expression, 'meta')).toBe(null)
})

test('a column whose name has to be quoted, and the value of a domain', () => {
  expect(checkedSchema(`jsonb_matches_schema(${quoted}, "a ""(b")`, '"a ""(b"')).toBe(schema)
  expect(checkedSchema(`jsonb_matches_schema(${quoted}, VALUE)`, 'VALUE')).toBe(schema)
})
