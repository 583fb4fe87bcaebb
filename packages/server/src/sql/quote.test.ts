import { startPostgres } from '@rolecast/embedded'
import fc from 'fast-check'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aliasName, identifier, literal, typeName } from './quote.js'

let postgres: Awaited<ReturnType<typeof startPostgres>>
let client: pg.Client
beforeAll(async () => {
  postgres = await startPostgres({ authentication: 'trust' })
  client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
})
afterAll(async () => {
  await client?.end()
  await postgres?.stop()
})

/** Anything that PostgreSQL takes as text, with a liking for what is special in SQL. */
const text = fc
  .array(fc.oneof(fc.constantFrom("'", '"', '\\', '$$', '--', '/*', ';', '\n', '‮', 'E'), fc.string({ unit: 'binary' })))
  .map((parts) =>
    parts
      .join('')
      .replaceAll('\0', '')
      .replace(/[\ud800-\udfff]/gu, ''),
  )

describe('PostgreSQL reads what was meant', () => {
  test.each(['on', 'off'])('literals, standard_conforming_strings %s', async (setting) => {
    await client.query(`SET standard_conforming_strings = ${setting}`)
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        const { rows } = await client.query(`SELECT ${literal(value)} AS v`)
        expect(rows).toEqual([{ v: value }])
      }),
      { numRuns: 200 },
    )
    await client.query('RESET standard_conforming_strings')
  })

  test('identifiers', async () => {
    const name = text.filter((value) => value !== '' && Buffer.byteLength(value) <= 63)
    await fc.assert(
      fc.asyncProperty(name, async (value) => {
        const { fields } = await client.query(`SELECT 1 AS ${identifier(value)}`)
        expect(fields.map((field) => field.name)).toEqual([value])
      }),
      { numRuns: 200 },
    )
  })
})

test('NUL is in no name and no constant', () => {
  expect([identifier('a\0b'), literal('a\0b')]).toEqual(['"ab"', "'ab'"])
})

test.each([
  ['int', 'int'],
  ['double precision', 'double precision'],
  ['api.status', 'api.status'],
  ['text[]', 'text[]'],
  ['int); drop table x; --', '"int); drop table x; --"'],
  ['a"b', '"a""b"'],
])('type %s', (name, sql) => {
  expect(typeName(name)).toBe(sql)
})

test('long names are cut before their suffix, between characters', () => {
  expect(aliasName('x'.repeat(100), '_12')).toBe(`${'x'.repeat(60)}_12`)
  expect(Buffer.byteLength(aliasName('🎪'.repeat(40), '_1'))).toBeLessThanOrEqual(63)
  expect(aliasName('🎪'.repeat(40), '_1')).toMatch(/^(?:🎪)+_1$/u)
})
