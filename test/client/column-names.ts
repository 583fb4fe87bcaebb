import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Server } from '@rolecast/server'
import { emitClient } from '@rolecast/templates/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { project } from '../bench/lib/type-check.mjs'
import { buildRuntime } from '../types/build.js'
import { check } from '../types/check.js'
import { startDatabase, type TestDatabase } from './database.js'

const rename = {
  columns: {
    'api.orders.customer_id': 'customerId',
    'api.orders.total': 'sum',
    'api.orders.big': 'total',
    'api.orders.meta': '__proto__',
    'api.orders.summary': 'inShort',
    'api.customers.name': 'full name',
    'api.customers.id': 'key',
    'api.order_lines.qty': 'or',
  },
}
const app = `import { createClient, type OrdersInsert } from './client/index.js'
  const db = createClient({ url: 'http://x' })
  const row: OrdersInsert = { customerId: '1', sum: '2.5', total: '3' }
  export const a: Promise<{ sum: string; customer: { 'full name': string } | null }[]> = (async () =>
    db.orders.select('sum').embed({ customer: ['full name'] }).where({ total: { gt: '1' }, customerId: '1' }).order('sum'))()
  export const b: Promise<{ customerId: string }[]> = (async () => db.orders.insert(row).returning('customerId'))()
  // @ts-expect-error the client knows it by another name
  db.orders.select('customer_id')
  // @ts-expect-error
  db.orders.insert({ customer_id: '1' })
  // @ts-expect-error
  db.orders.select().where({ big: '1' })`

const camelCase = {
  names: 'camelCase',
  emit: 'js',
  defaultSchema: 'api',
  rename: {
    relations: { 'api.order_lines': 'positions' },
    functions: { 'api.join_words': 'join' },
    arguments: { 'api.join_words.words': 'parts' },
    relationships: { 'api.customers.orders_by_handler': 'handled' },
  },
} as const
const camelApp = `import { createClient, type JoinArguments, type OrdersRow } from './camel/index.js'
  const db = createClient({ url: 'http://x' })
  export const at: (row: OrdersRow) => string = ({ createdAt }) => createdAt
  export const args: JoinArguments = { parts: ['a'] }
  export const a: Promise<{ customerId: string; positions: { productId: number }[] }[]> = (async () =>
    db.orders.select('customerId').embed({ positions: ['productId'] }).where({ createdAt: { gt: '2020-01-01' } }))()
  db.orderLabels.select('orderId')
  db.rpc.findOrders({ term: 'x' })
  db.rpc.monthlyReport({ inYear: 1 })
  // @ts-expect-error the database's name
  db.rpc.find_orders
  // @ts-expect-error
  db.orders.select('created_at')`

let database: TestDatabase
let server: Server
let folder: string
let remove: () => void
beforeAll(async () => {
  buildRuntime()
  database = await startDatabase()
  await database.query(`
    CREATE FUNCTION api.monthly_report(in_year int) RETURNS TABLE (order_count int8, of_year int4) STABLE LANGUAGE sql
      AS 'SELECT 2::int8, $1';
    CREATE FUNCTION api.monthly_report(of_user text) RETURNS text STABLE LANGUAGE sql AS 'SELECT $1';
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA api TO clerk`)
  const options = { rename, emit: 'js', types: { int8: 'bigint' }, defaultSchema: 'api' } as const
  const strings = { rename, defaultSchema: 'api' } as const
  const clerk = await database.surface('clerk')
  const files = [
    ...emitClient(clerk, options).map(({ path, content }) => [`bigints/${path}`, content] as const),
    ...emitClient(clerk, strings).map(({ path, content }) => [`client/${path}`, content] as const),
    ...emitClient(clerk, camelCase).map(({ path, content }) => [`camel/${path}`, content] as const),
  ]
  ;({ folder, remove } = project(
    { ...Object.fromEntries(files), 'app.ts': app, 'camel-app.ts': camelApp },
    { include: ['*.ts'] },
  ))
  server = await database.serve('clerk')
})
afterAll(async () => {
  remove()
  await database[Symbol.asyncDispose]()
})

async function client(name: 'bigints' | 'camel' = 'bigints') {
  const { createClient } = await import(pathToFileURL(join(folder, name, 'index.js')).href)
  const fetch = (input: Request, init: RequestInit) => server.fetch(new Request(input, init))
  return createClient({ url: 'http://test', fetch })
}

describe('columns that the client calls otherwise', () => {
  test('have their names in types', async () => {
    expect((await check(folder, '5.9')).errors).toEqual([])
  })

  test('in what is asked for', async () => {
    const db = await client()
    expect(db.orders.select('sum', 'id').order('sum', 'desc').where({ customerId: 1n }).toURL()).toBe(
      'http://test/orders?select=sum:total::text,id&customer_id=eq.1&order=total.desc',
    )
    const all = await db.orders.select().where({ id: 1 }).one()
    expect(all).toMatchObject({ sum: '120.50', total: 9007199254740993n, customerId: 1n })
    expect(Object.getOwnPropertyDescriptor(all, '__proto__')?.value).toEqual({ city: 'Vienna', size: { w: 2 } })
    expect(all).not.toHaveProperty('customer_id')
  })

  test('in related rows, both as lists and as queries, and in functions', async () => {
    const db = await client()
    const lines = db.order_lines
      .select('no', 'or')
      .order('or')
      .where({ $or: [{ or: 1 }, { $not: { or: { lt: 2 } } }] })
    expect(
      await db.orders
        .select('inShort')
        .embed({ customer: ['full name', 'key'], lines })
        .where({ id: 1, lines: 'some' }),
    ).toEqual([
      {
        inShort: 'A-1: paid',
        customer: { 'full name': 'Ada', key: 1n },
        lines: [
          { no: 2, or: 1 },
          { no: 1, or: 2 },
        ],
      },
    ])
    expect(
      await db.orders.select('id').spread('customer', ['full name']).orderBy('customer', 'full name').limit(1),
    ).toEqual([{ id: 1, 'full name': 'Ada' }])
    expect(await db.rpc.find_orders({ term: 'tea' }).where({ sum: { gt: '1' } })).toMatchObject([{ sum: '120.50' }])
    expect(await db.rpc.find_orders({ term: 'tea' }).select('sum')).toEqual([{ sum: '120.50' }])
  })

  test('in aggregates, documents, counts and pages', async () => {
    const db = await client()
    expect(
      await db.orders
        .select('customerId')
        .aggregate({ most: { max: 'sum' }, n: 'count' })
        .where({ customerId: 1n }),
    ).toEqual([{ customerId: 1n, most: '120.50', n: 2 }])
    expect(
      await db.orders
        .select('id')
        .text({ city: ['__proto__', 'city'] })
        .where({ id: 2 }),
    ).toEqual([{ id: 2, city: 'Graz' }])
    expect(await db.orders.select('id').where({ sum: '9.90' }).count()).toBe(1)
    const pages = []
    for await (const page of db.customers.select('full name').pages(1)) pages.push(page)
    expect(pages).toEqual([[{ 'full name': 'Ada' }], [{ 'full name': 'Ben, "B"' }]])
  })

  test('in writes', async () => {
    const db = await client()
    const made = await db.orders
      .insert([{ customerId: 1n, sum: '4' }, { customerId: 2n }])
      .returning('customerId', 'sum')
      .rollback()
    expect(made).toEqual([
      { customerId: 1n, sum: '4.00' },
      { customerId: 2n, sum: '0.00' },
    ])
    expect(await db.orders.update({ sum: '5' }).where({ customerId: 2n }).returning('sum').rollback()).toEqual([
      { sum: '5.00' },
    ])
    expect(
      await db.customers
        .upsert({ 'full name': 'Ada L.', email: 'ada@example.com' }, { onConflict: ['email'] })
        .returning()
        .rollback(),
    ).toMatchObject([{ 'full name': 'Ada L.' }])
    await expect(db.orders.update({ sum: '5' }).send()).rejects.toThrow(TypeError)
  })
})

describe('a client in camel case', () => {
  test('asks in the names of the database, and answers in its own', async () => {
    const db = await client('camel')
    const query = db.orders
      .select('id', 'customerId')
      .embed({ positions: ['productId', 'qty'], customer: ['name'] })
      .where({ createdAt: { gt: '2000-01-01' }, positions: 'some' })
      .order('createdAt')
      .limit(1)
    expect(decodeURIComponent(query.toURL())).toBe(
      'http://test/orders?select=id,customerId:customer_id::text,positions:order_lines!order_id(productId:product_id,qty),customer:customers!customer_id(name)&created_at=gt.2000-01-01&positions=not.is.null&order=created_at&limit=1',
    )
    const [row] = await query
    expect(Object.keys(row)).toEqual(['id', 'customerId', 'positions', 'customer'])
    expect(Object.keys(row.positions[0])).toEqual(['productId', 'qty'])
    expect(
      await db.customers
        .select('id')
        .embed({ handled: ['id'], orders: ['id'] })
        .limit(1)
        .one(),
    ).toHaveProperty('handled')
  })

  test('also of functions: arguments, overloads, rows of their own', async () => {
    const db = await client('camel')
    expect(await db.rpc.join({ parts: ['a', 'b'] })).toBe(
      await database.query("SELECT api.join_words('a', 'b') AS x").then(([row]) => row?.x),
    )
    expect(await db.rpc.findOrders({ term: 'tea' }).select('customerId')).toEqual([{ customerId: '1' }])
    expect(await db.rpc.monthlyReport({ inYear: 2024 }).where({ orderCount: '2' })).toEqual([
      { orderCount: '2', ofYear: 2024 },
    ])
    expect(await db.rpc.monthlyReport({ ofUser: 'x' })).toBe('x')
  })
})
