import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { modelOf } from '../../../templates/client/model-of.js'
import { startBlog } from '../blog.js'
import { type Asked, randomQuery } from './asked.js'
import { type Client, inClient, nameOf, type Row } from './in-client.js'
import { inSql, toldApartBy } from './in-sql.js'
import { randomRelations, seed } from './relations.js'

let database: Awaited<ReturnType<typeof startBlog<Client>>>
beforeAll(async () => {
  database = await startBlog<Client>(randomRelations(seed))
})
afterAll(() => database[Symbol.asyncDispose]())

/** Lists of related rows are in no order, and documents' keys neither. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{${Object.entries(value)
    .map(([name, member]) => `${name}=${canonical(member)}`)
    .sort()}}`
}

/** Where rows have no key, those that differ in nothing that they can be ordered by are in any order. */
function comparable({ relation, columns, aliases }: Asked): (row: Row) => Row {
  if (relation.surface.primaryKey.length > 0) return (row) => row
  const ordered = toldApartBy(relation)
  const names = columns.filter((column) => ordered.includes(column)).map((column) => nameOf(column, aliases))
  return (row) => Object.fromEntries(names.map((name) => [name, row[name]]))
}

/** A failure shows the query in SQL and as a request. */
const shownAs = (asked: Asked) => ({
  ...asked,
  [fc.toStringMethod]: () => `${inClient(database.db, asked).toURL()} in pages of ${asked.size}; ${inSql(asked)}`,
})

const wholeList = ({ relation, limit, offset }: Asked) =>
  relation.surface.primaryKey.length > 0 || (limit === null && offset === null)

test(`pages give the rows that SQL gives, none twice, and end (ROLECAST_SEED=${seed})`, {
  timeout: 180_000,
}, async () => {
  const relations = modelOf(database.surface, {}).schemas[0]?.relations ?? []
  expect(relations.length).toBeGreaterThan(10)
  await fc.assert(
    fc.asyncProperty(randomQuery(relations).map(shownAs), async (asked) => {
      const expected = (await database.query(inSql(asked))).map(({ row }) => row as Row)
      const rows: Row[] = []
      const sizes: number[] = []
      for await (const page of inClient(database.db, asked).pages(asked.size)) {
        rows.push(...page)
        sizes.push(page.length)
        if (rows.length > expected.length) break
      }
      const part = comparable(asked)
      expect(rows.map((row) => canonical(part(row)))).toEqual(expected.map((row) => canonical(part(row))))
      if (wholeList(asked)) expect(rows.map(canonical).sort()).toEqual(expected.map(canonical).sort())
      const full = Math.floor(expected.length / asked.size)
      expect(sizes.slice(0, full)).toEqual(Array(full).fill(asked.size))
    }),
    { seed, numRuns: 150 },
  )
})
