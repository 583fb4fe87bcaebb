import { connect, documents, ranges, type SchemaMeta } from '@rolecast/client'
import { testClient } from '@rolecast/client/testing'
import { startPostgres } from '@rolecast/embedded'
import { createServer } from '@rolecast/server'
import fc from 'fast-check'
import pg from 'pg'
import { expect, test } from 'vitest'

const { escapeIdentifier, escapeLiteral } = pg

/** A condition as a filter object, and as SQL that was not made of it. */
interface Meant {
  readonly filter: Record<string, unknown>
  readonly sql: string
}

const hostile =
  ' ¦a*¦%¦_¦NULL¦null¦a,b¦"¦\\¦\\"¦{a}¦(a)¦a)b¦a.b¦eq.1¦not.null¦;¦😀¦\n¦&¦=¦+¦#¦?¦1¦:¦::text¦->¦and(a)¦-¦a '
const text = fc.oneof(
  fc.constantFrom(...hostile.split('¦')),
  fc.string({ unit: 'grapheme', maxLength: 2 }).filter((value) => value.isWellFormed() && !value.includes('\0')),
)
const json = fc.oneof(
  fc.constantFrom<unknown>(1, 'a', null, [], { a: { 'b c': 'a' }, 0: 1 }),
  text.map((a) => ({ a })),
  text.map((a) => [1, a]),
)

/** The columns of a relation: values of theirs, and operators by their SQL. */
const equality = { eq: '=', neq: '<>', isdistinct: 'IS DISTINCT FROM' }
const comparison = { ...equality, gt: '>', gte: '>=', lt: '<', lte: '<=' }
const containment = { cs: '@>', cd: '<@' }
const columns: Record<string, { type: string; values: fc.Arbitrary<unknown>; operators: Record<string, string> }> = {
  t: { type: 'text', values: text, operators: comparison },
  'odd "name", (x).y': { type: 'text', values: text, operators: { ...comparison, like: 'LIKE', ilike: 'ILIKE' } },
  i: { type: 'int4', values: fc.integer({ min: -3, max: 3 }), operators: comparison },
  n: {
    type: 'numeric',
    values: fc.constantFrom('0', '-2.25', 'NaN', '12345678901234567890.123456789'),
    operators: comparison,
  },
  b: { type: 'bool', values: fc.boolean(), operators: equality },
  a: {
    type: 'text[]',
    values: fc.array(fc.option(text, { freq: 6 }), { maxLength: 3 }),
    operators: { ...comparison, ...containment, ov: '&&' },
  },
  j: { type: 'jsonb', values: json, operators: { eq: '=', neq: '<>', ...containment } },
  r: {
    type: 'int4range',
    values: fc.constantFrom('[1,5)', '(,3)', 'empty', '[2,3)', '[1,)'),
    operators: { ...equality, ...containment, ov: '&&', sl: '<<', sr: '>>', nxr: '&<', nxl: '&>', adj: '-|-' },
  },
}

function literal(type: string, value: unknown): string {
  const array = () => {
    const elements = value as (string | null)[]
    return `ARRAY[${elements.map((element) => (element === null ? 'NULL' : escapeLiteral(element)))}]::text[]`
  }
  if (type === 'text[]') return array()
  return `${escapeLiteral(type === 'jsonb' ? JSON.stringify(value) : `${value}`)}::${type}`
}

const own = (name: string, value: unknown) => Object.fromEntries([[name, value]])
/** For LIKE: where a backslash escapes, one at the end is an error, which is found or not as the plan goes. */
const valid = (value: unknown) => `${value}`.replaceAll('\\', '\\\\')
const pattern = (value: string) => value.replaceAll('*', '%')

const condition: fc.Arbitrary<Meant> = fc.constantFrom(...Object.keys(columns)).chain((name) => {
  const { type, values, operators } = columns[name] as (typeof columns)[string]
  const column = escapeIdentifier(name)
  const list = fc.array(values, { maxLength: 3 })
  const oneOf = (found: readonly unknown[]) =>
    found.length === 0 ? 'false' : `${column} IN (${found.map((value) => literal(type, value))})`
  const kinds: fc.Arbitrary<Meant>[] = [
    fc.constant({ filter: own(name, null), sql: `${column} IS NULL` }),
    fc.constant({ filter: own(name, { is: 'not_null' }), sql: `${column} IS NOT NULL` }),
    fc
      .tuple(fc.constantFrom(...Object.entries(operators)), values, fc.boolean())
      .map(([[operator, symbol], value, isNot]) => {
        const isLike = symbol.endsWith('LIKE')
        const sql = `(${column} ${symbol} ${literal(type, isLike ? pattern(valid(value)) : value)})`
        const said = own(operator, isLike ? valid(value) : value)
        return { filter: own(name, isNot ? { not: said } : said), sql: isNot ? `NOT ${sql}` : sql }
      }),
  ]
  if (type !== 'jsonb') {
    kinds.push(values.map((value) => ({ filter: own(name, value), sql: `${column} = ${literal(type, value)}` })))
  }
  if (type !== 'jsonb' && type !== 'text[]') {
    kinds.push(list.map((found) => ({ filter: own(name, found), sql: oneOf(found) })))
    kinds.push(list.map((found) => ({ filter: own(name, { not: { in: found } }), sql: `NOT (${oneOf(found)})` })))
  }
  if (type === 'text') {
    const quantified = fc.tuple(fc.constantFrom('any', 'all'), fc.array(values, { minLength: 1, maxLength: 3 }))
    kinds.push(
      quantified.map(([quantifier, found]) => ({
        filter: own(name, { like: own(quantifier, found.map(valid)) }),
        sql: `${column} LIKE ${quantifier} (${literal('text[]', found.map(valid).map(pattern))})`,
      })),
    )
  }
  if (type === 'jsonb') {
    const path = fc.array(fc.constantFrom<string | number>('a', 'b c', 0, '0'), { minLength: 1, maxLength: 2 })
    kinds.push(
      fc.tuple(path, text).map(([steps, eq]) => {
        const arrow = (index: number) => (index + 1 < steps.length ? '->' : '->>')
        const inside = steps.map((step, index) => arrow(index) + (step === 0 ? '0' : escapeLiteral(`${step}`))).join('')
        return { filter: own(name, { path: steps, eq }), sql: `(${column}${inside}) = ${escapeLiteral(eq)}` }
      }),
    )
  }
  return fc.oneof(...kinds)
})

const { tree } = fc.letrec<{ tree: Meant }>((tie) => {
  const members = fc.array(tie('tree'), { minLength: 1, maxLength: 3 })
  const joined = (all: readonly Meant[], word: string) => `(${all.map(({ sql }) => sql).join(` ${word} `)})`
  const filters = (all: readonly Meant[]) => all.map(({ filter }) => filter)
  return {
    tree: fc.oneof(
      { maxDepth: 2, depthSize: 'small' },
      condition,
      members.map((all) => ({ filter: { $or: filters(all) }, sql: joined(all, 'OR') })),
      members.map((all) => ({ filter: { $and: filters(all) }, sql: joined(all, 'AND') })),
      tie('tree').map(({ filter, sql }) => ({ filter: { $not: filter }, sql: `NOT (${sql})` })),
    ),
  }
})

interface Query extends PromiseLike<{ id: number }[]> {
  where(filter: object): Query
  order(column: string): Query
  result(): Promise<{ data: { id: number }[]; error: null } | { data: null; error: { code: string } }>
}

test('conditions mean to the API what they say, whatever their values are', { timeout: 120_000 }, async () => {
  const postgres = await startPostgres({ authentication: 'trust' })
  const names = Object.keys(columns)
  const rows = fc.sample(fc.tuple(...names.map((name) => fc.option(columns[name]?.values ?? text, { freq: 9 }))), 60)
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  await client.query(`CREATE ROLE anon; CREATE TABLE x (id int4, ${names
    .map((name) => `${escapeIdentifier(name)} ${columns[name]?.type}`)
    .join()}); GRANT SELECT ON x TO anon;
    INSERT INTO x VALUES ${rows.map((row, id) => `(${[id, ...row.map((value, at) => (value === null ? 'NULL' : literal(columns[names[at] ?? '']?.type ?? '', value)))]})`)}`)
  const server = await createServer({ dbUri: postgres.uri, dbSchemas: ['public'], dbAnonRole: 'anon' })
  const schemas: SchemaMeta[] = [
    { name: 'public', relations: { x: [['id', ...names], { n: 't', a: 'a', j: 'j', r: 'r' }] }, functions: {} },
  ]
  const db = testClient(
    (options) =>
      connect<{ with(): never; x: { select(id: 'id'): Query } }>('anon', schemas, options, { documents, ranges }),
    {
      server,
    },
  )
  const outcome = (ids: { id: number }[]) => ids.map(({ id }) => id)
  try {
    await fc.assert(
      fc.asyncProperty(tree, async ({ filter, sql }) => {
        const expected = await client.query(`SELECT id FROM x WHERE ${sql} ORDER BY id`).then(
          (result) => outcome(result.rows),
          (error) => error.code,
        )
        const { data, error } = await db.x.select('id').where(filter).order('id').result()
        expect(error?.code ?? outcome(data ?? [])).toEqual(expected)
      }),
      { numRuns: 500 },
    )
  } finally {
    await server.close()
    await client.end()
    await postgres.stop()
  }
})
