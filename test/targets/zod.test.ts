import { introspect, type RelationSurface, type Surface, surfaceOf } from '@rolecast/catalog'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { emitClient } from '@rolecast/templates/client'
import { emitZod } from '@rolecast/templates/zod'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { check, compilers, project } from '../bench/lib/type-check.mjs'
import { startHostileDatabase } from '../client/hostile-database.js'
import { roles, type Shop, startShop } from '../shop/shop.js'
import { buildRuntime } from '../types/build.js'
import { importedSchemas, messages, type Schemas } from './zod-schemas.js'

describe('CHECKs', () => {
  let postgres: EmbeddedPostgres
  let client: pg.Client
  let surface: Surface
  let schemas: Schemas
  beforeAll(async () => {
    postgres = await startPostgres({ sql: [new URL('zod-checks.sql', import.meta.url).pathname] })
    client = new pg.Client({ connectionString: postgres.uri })
    await client.connect()
    const { rows } = await client.query<{ name: string }>(
      `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'api.facts'::regclass AND attnum > 0 AND attname <> 'secret'`,
    )
    const columns = rows.map(({ name }) => name).join(', ')
    await client.query(`GRANT SELECT (${columns}), INSERT (${columns}), UPDATE (${columns}) ON api.facts TO reader`)
    const catalog = await introspect(client, { schemas: ['api'], roles: ['reader'] })
    surface = surfaceOf(catalog, 'reader', { schemas: ['api'] })
    schemas = await importedSchemas(surface)
  })
  afterAll(async () => {
    await client.end()
    await postgres.stop()
  })

  /** The CHECK that PostgreSQL refuses a row for, null where it takes the row. */
  async function refusedBy(row: object): Promise<string | null> {
    await client.query('BEGIN')
    try {
      const names = Object.keys(row).map((name) => `"${name}"`)
      await client.query(
        `INSERT INTO api.facts (${names}) SELECT ${names} FROM json_populate_record(null::api.facts, $1)`,
        [JSON.stringify(row)],
      )
      return null
    } catch (error) {
      const { code, constraint, message } = error as pg.DatabaseError
      return code === '23514' ? (constraint ?? '') : message
    } finally {
      await client.query('ROLLBACK')
    }
  }

  const texts = [null, '', ' ', '   ', 'a', 'b', "it's", 'no', 'never', 'x', 'yy', 'y', 'x ', 'ab', 'ab  ', 'abcd', 'AB', 'A1.', 'é', 'éé', '😀😀😀😀', '😀😀😀😀😀', 'a_', 'a_b', 'a_z', 'axb', 'a-9', 'YES', 'No', 'nope', 'abc', 'ABC', 'aéb', 'a\nb', 'a\nb\n', 'one two', 'one  two', 'a<b', 'A', '1.', 'a@b', 'ab@', 'a@b@c', 'abcdefghijklmnopqrst@x', 'toolong'] // biome-ignore format: a list
  const floats = [null, 0, 0.5, 1, 1.0001, -1, 'NaN', 'Infinity', '-Infinity']
  const numbers = [null, 0, 1, 5, 7, 10, 11, -1, 0.001, 0.004, 0.005, -0.004, 2.5, '2.50', 1000, '1e3', 1000.5, 1000.49, '1000.495', '9007199254740993', '9007199254740994', 'NaN'] // biome-ignore format: a list
  const values: Readonly<Record<string, readonly unknown[]>> = {
    number: numbers,
    float: floats,
    text: texts,
    date: [null, '1999-12-31', '2000-01-01', '2024-02-29', 'infinity', '-infinity'],
    moment: [null, '2000-01-01T00:00:00Z', '2000-01-01T00:00:00.000001Z', '2000-01-01T01:00:00+02:00', '1999-12-31T23:30:00-01'], // biome-ignore format: a list
    boolean: [null, true, false],
    label: [null, 'open', 'paid', "it's"],
    json: [null, {}, [], 'a', 1, true],
    list: [null, [], ['a'], ['a', 'b'], ['a', 'b', 'c']],
  }
  const columns: readonly (readonly [kind: string, columns: string])[] = [
    ['number', 'qty not_seven big price plain amount'],
    ['float', 'ratio'],
    ['text', 'kind short label country padded name trimmed code word lines class any_case not_matching starts ilike_ present email lowered hidden_function blurred'], // biome-ignore format: a list
    ['date', 'day'],
    ['moment', 'at'],
    ['label', 'status status_text'],
    ['boolean', 'active sure'],
    ['json', 'doc'],
    ['list', 'tags'],
  ]
  /** The schemas say less than these. */
  const left = ['hidden_function', 'blurred', 'lowered']
  const others = { present: 'x', contact_phone: '1', sure: true }

  test.each(columns.flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind] as const)))(
    'of %s say what PostgreSQL says',
    async (column, kind) => {
      const differing: unknown[] = []
      let refused = 0
      for (const value of values[kind] ?? []) {
        const row = { ...others, [column]: value }
        const [sql, said] = [await refusedBy(row), messages(schemas.FactsInsert, row)]
        if (sql !== null) refused++
        // What only the locale decides is left to PostgreSQL.
        const isLocale = /[^\0-\x7f]/.test(String(value)) && ['word', 'class'].includes(column)
        const agrees = said.length > 0 === (sql !== null) || (said.length === 0 && (left.includes(column) || isLocale))
        const isCheck = sql !== null && /^[a-z_]+$/.test(sql)
        if (!agrees || (isCheck && said.length > 0 && !said.includes(sql))) differing.push({ value, sql, said })
      }
      expect(differing).toEqual([])
      expect(refused).toBeGreaterThan(0)
    },
  )

  test.each([
    { first_day: '2024-01-02', last_day: '2024-01-01' },
    { first_day: '2024-01-02', last_day: '2024-01-02' },
    { first_day: null, last_day: '2024-01-02' },
    { contact_phone: null, contact_mail: null },
    { contact_phone: null, contact_mail: 'x' },
    { low: 1, high: 2 },
    { low: 2, high: 1 },
    { low: 1, high: 1 },
    { low: 1, high: null },
    { kind: 'a', qty: 6 },
    { kind: 'b', qty: 6 },
    { kind: 'a', qty: 5 },
    { kind: null, qty: 6 },
  ])('of several columns say what PostgreSQL says of %j', async (given) => {
    const row = { ...others, ...given }
    const [sql, said] = [await refusedBy(row), messages(schemas.FactsInsert, row)]
    expect([said.length > 0, sql === null || said.includes(sql)]).toEqual([sql !== null, true])
  })

  test('what is not given is not judged', () => {
    expect(messages(schemas.FactsUpdate, { first_day: '2024-01-02' })).toEqual([])
    expect(messages(schemas.FactsUpdate, { contact_phone: null })).toEqual([])
    expect(messages(schemas.FactsUpdate, { contact_phone: null, contact_mail: null })).toEqual(['one_contact'])
    expect(messages(schemas.FactsUpdate, { secret: 'x' })).not.toEqual([])
    expect(messages(schemas.FactsUpdate, { id: 1 })).not.toEqual([])
  })

  test('what is left to PostgreSQL is listed; what names a hidden column is not named', () => {
    const { content, left: listed } = emitZod(surface)
    expect(listed.map(({ name, isPartly }) => [name, isPartly])).toEqual([
      ['lowered', true],
      ['hidden_function', false],
      ['blurred', false],
    ])
    expect(content).not.toMatch(/secret|hidden\.|allows/)
    expect(messages(schemas.FactsInsert, { ...others, lowered: 'abcd' })).toEqual(['lowered'])
  })

  test('zod/mini gives the same', async () => {
    const mini = await importedSchemas(surface, { import: 'zod/mini' })
    for (const row of [
      { ...others, qty: 11 },
      { ...others, kind: 'a', qty: 6 },
      { ...others, status: 'none' },
      others,
    ]) {
      const [one, other] = [schemas.FactsInsert, mini.FactsInsert].map((schema) => schema?.safeParse(row))
      expect([row, other?.success]).toEqual([row, one?.success])
    }
    expect(await mini.FactsInsert?.['~standard'].validate({ ...others, qty: 11 })).toMatchObject({
      issues: [{ message: 'qty_between', path: ['qty'] }],
    })
  })
})

describe('the shop', () => {
  let shop: Shop
  const surfaces = new Map<string, Surface>()
  const schemas = new Map<string, Schemas>()
  beforeAll(async () => {
    shop = await startShop()
    const client = new pg.Client({ connectionString: shop.postgres.uri })
    await client.connect()
    const exposed = ['v2', 'v1']
    const catalog = await introspect(client, { schemas: exposed, roles, authenticator: 'authenticator' })
    await client.end()
    for (const role of roles) {
      const surface = surfaceOf(catalog, role, { schemas: exposed })
      surfaces.set(role, surface)
      schemas.set(role, await importedSchemas(surface))
    }
  })
  afterAll(() => shop[Symbol.asyncDispose]())

  const nameOf = ({ schema, name }: RelationSurface) =>
    (schema === 'v2' ? '' : 'V1') + name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase())

  test('every row passes', async () => {
    let rows = 0
    for (const role of roles) {
      for (const relation of surfaces.get(role)?.relations ?? []) {
        if (relation.select.length === 0) continue
        const columns = relation.select.map((name) => `"${name}"`).join(', ')
        const found = await shop.query<{ row: unknown; texts: unknown }>(
          `SELECT row_to_json(x) AS row FROM (SELECT ${columns} FROM ${relation.schema}."${relation.name}") x`,
        )
        const schema = schemas.get(role)?.[`${nameOf(relation)}Row`]
        expect([relation.name, schema === undefined]).toEqual([relation.name, false])
        for (const { row } of found) expect([relation.name, messages(schema, row)]).toEqual([relation.name, []])
        rows += found.length
      }
    }
    expect(rows).toBeGreaterThan(500)
  })

  /** By CHECK: a row of which relation it is about, and what breaks it. */
  const broken: Readonly<Record<string, readonly [relation: string, change: Readonly<Record<string, unknown>>]>> = {
    products_attributes_check: ['products', { attributes: [] }],
    products_stock_check: ['products', { stock: -1 }],
    amount_check: ['products', { price: -0.01 }],
    slug_check: ['products', { slug: 'Not-a-slug' }],
    lines_qty_check: ['lines', { qty: 0 }],
    profiles_name_check: ['profiles', { name: '' }],
    profiles_settings_check: ['profiles', { settings: 'none' }],
    suppliers_country_check: ['suppliers', { country: 'nl' }],
    suppliers_lead_time_days_check: ['suppliers', { lead_time_days: -1 }],
  }

  test('each CHECK that is translated fails where PostgreSQL fails', async () => {
    const translated = new Set<string>()
    for (const surface of surfaces.values()) {
      for (const [, name = ''] of emitZod(surface).content.matchAll(/error: '([a-z_]+_check)'/g)) translated.add(name)
      expect(emitZod(surface).left).toEqual([])
    }
    expect([...translated].sort()).toEqual(Object.keys(broken).sort())
    for (const [constraint, [relation, change]] of Object.entries(broken)) {
      const surface = surfaces.get('manager')?.relations.find(({ name }) => name === relation)
      const columns = (surface?.select ?? []).join(', ')
      const [found] = await shop.query<{ row: object }>(
        `SELECT row_to_json(x) AS row FROM (SELECT ${columns} FROM v2.${relation} LIMIT 1) x`,
      )
      const row = { ...found?.row, ...change }
      const schema = schemas.get('manager')?.[`${relation.charAt(0).toUpperCase()}${relation.slice(1)}Row`]
      expect([constraint, messages(schema, row)]).toEqual([constraint, [constraint]])
      const [column = ''] = Object.keys(change)
      const updated = shop.query(
        `UPDATE v2.${relation} SET ${column} = (json_populate_record(null::v2.${relation}, $1)).${column}`,
        [JSON.stringify(change)],
      )
      await expect(updated).rejects.toMatchObject({ code: '23514', constraint })
    }
  })

  test('types are those of the rows that the client takes', async () => {
    buildRuntime()
    const manager = surfaces.get('manager')
    if (manager === undefined) throw new Error('no surface')
    const uses = `
      import type * as z from 'zod'
      import type { Suppliers, SuppliersInsert as Insert } from './index.js'
      import { SuppliersInsert, SuppliersRow, SuppliersUpdate } from './zod.js'
      declare const row: z.output<typeof SuppliersRow>
      export const known: Suppliers['row'] = row
      declare const made: z.output<typeof SuppliersInsert>
      export const insert: Insert = made
      export const schema: { readonly '~standard': { readonly version: 1 } } = SuppliersUpdate
      // @ts-expect-error: not a column
      export const none = row.nothing`
    const mini = emitZod(manager, { import: 'zod/mini' }).content
    const files = { 'zod.ts': emitZod(manager).content, 'mini.ts': mini, 'use.ts': uses }
    const client = emitClient(manager).map(({ path, content }) => [path, content] as const)
    const { folder, remove } = project({ ...files, ...Object.fromEntries(client) })
    try {
      for (const compiler of [compilers['5.4'], compilers['7.0']]) {
        const { errors } = await check(folder, compiler)
        expect(errors).toEqual([])
      }
    } finally {
      remove()
    }
  })
})

test('of hostile names: it compiles, and nothing runs', async () => {
  const { postgres, surface } = await startHostileDatabase()
  await postgres.stop()
  const { folder, remove } = project({ 'zod.ts': emitZod(surface).content })
  try {
    expect((await check(folder, compilers['7.0'])).errors).toEqual([])
  } finally {
    remove()
  }
  const schemas = await importedSchemas(surface)
  expect(globalThis).not.toHaveProperty('canary')
  expect(emitZod(surface).content).not.toMatch(/[^\P{C}\n]|[\u2028\u2029]/u)
  const rows = surface.relations.filter(({ name }) => !['__proto__', 'everything'].includes(name))
  expect(Object.keys(schemas).filter((name) => name.endsWith('Row'))).toHaveLength(surface.relations.length)
  for (const { name } of rows) {
    const found = Object.values(schemas).filter((schema) => schema.def.type === 'object' && name in schema.shape)
    expect([name, found.some((schema) => schema.safeParse({ [name]: 'x', parent_id: null }).success)]).toEqual([
      name,
      true,
    ])
  }
  expect(messages(schemas.Domain, '*/ @ts-ignore')).toEqual(['*/domain_check'])
})
