import { isResponseError } from '@rolecast/client'
import { mutationOptions, pageOptions, queryKeyOf, queryOptions, reading } from '@rolecast/client/tanstack'
import { testClient, testToken } from '@rolecast/client/testing'
import { checked } from '@rolecast/client/zod'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { secret, startDatabase, type TestDatabase } from './database.js'
import { can, canIn, createClient, type Db, type OrdersInsert } from './generated/clerk/index.js'
import { createClient as createVisitor } from './generated/visitor/index.js'

let database: TestDatabase
let db: Db
beforeAll(async () => {
  database = await startDatabase()
  db = testClient(createClient, { server: await database.serve('clerk') })
})
afterAll(() => database[Symbol.asyncDispose]())

describe('@rolecast/client/tanstack', () => {
  test('equal queries have equal keys; others differ', () => {
    const key = (id: number) => JSON.stringify(queryKeyOf(db.orders.select('id').where({ id })))
    expect(key(1)).toBe(key(1))
    expect(key(1)).not.toBe(key(2))
    expect(queryKeyOf(db.orders.select('id'))).not.toEqual(queryKeyOf(db.orders.select('id').one()))
    const sizeOf = (...bytes: number[]) => queryKeyOf(db.rpc.size_of(Uint8Array.from(bytes)))
    expect(sizeOf(1, 2)).toEqual(sizeOf(1, 2))
    expect(sizeOf(1, 2)).not.toEqual(sizeOf(1, 3))
    expect(queryKeyOf(db.orders.select('id'))).not.toEqual(queryKeyOf(db.schema('archive').orders.select('id')))
  })

  test('what decides the answer is in the key: client, headers, form of the result, user; no secret is', () => {
    const key = (client: Db, query = client.orders.select('id').limit(1)) => JSON.stringify(queryKeyOf(query))
    const one = (client: Db) => JSON.stringify(queryKeyOf(client.orders.select('id').limit(1).maybe()))
    const orders = db.orders.select('id').limit(1)
    const tenant = (name: string) => db.with({ headers: { 'x-tenant': name, 'x-api-key': 'SECRET' } })
    const other = createClient({ url: 'http://rolecast.test/v2' })
    const visitor = createVisitor({ url: 'http://rolecast.test' })
    const keys = [
      ...[key(db), one(db), key(tenant('a')), key(tenant('b')), key(other)],
      ...[
        key(db.with({ user: 'alice' })),
        key(db.with({ user: () => 'bob' })),
        key(db.with({ credentials: 'include' })),
      ],
      ...[
        orders.one(),
        orders.withCount(),
        orders.withCount('planned'),
        orders.count(),
        orders.csv(),
        orders.explain(),
      ].map((query) => JSON.stringify(queryKeyOf(query))),
      ...[orders.withResponse(), orders.maybe().withResponse(), orders.stripNulls()].map((query) =>
        JSON.stringify(queryKeyOf(query)),
      ),
      JSON.stringify(queryKeyOf(visitor.customers.select('name').limit(1))),
      JSON.stringify(queryKeyOf(db.customers.select('name').limit(1))),
    ]
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.join()).not.toContain('SECRET')
    expect(key(tenant('a'))).toBe(key(tenant('a')))
    expect(key(db.with({ headers: { 'X-Tenant': 'a' } }))).toBe(key(db.with({ headers: { 'x-tenant': 'a' } })))
    expect(key(db.with({ token: 'SECRET' }))).toBe(key(db))
    const fresh = createClient({ url: 'http://rolecast.test' })
    const before = key(fresh)
    fresh.reset()
    expect(key(fresh)).not.toBe(before)
  })

  test('queries are found by the relations that they read', () => {
    const hit = (query: Parameters<typeof queryKeyOf>[0]) =>
      reading(db.customers, db.order_lines).predicate({ queryKey: queryKeyOf(query) })
    expect(hit(db.customers.select('name'))).toBe(true)
    expect(hit(db.orders.select('id').embed({ customer: ['name'] }))).toBe(true)
    expect(hit(db.orders.select('id').embed({ lines: db.order_lines.select('no') }))).toBe(true)
    expect(hit(db.orders.select('id').where({ customer: 'some' }))).toBe(true)
    expect(hit(db.orders.select('id'))).toBe(false)
    expect(reading(db.orders).predicate({ queryKey: ['another'] })).toBe(false)
    expect(reading(db.orders).predicate({ queryKey: queryKeyOf(db.schema('archive').orders.select('id')) })).toBe(false)
  })

  test('a write is no query', () => {
    // @ts-expect-error it does not compile either
    expect(() => queryOptions(db.orders.insert({ customer_id: '1' }))).toThrow('A write is no query')
    // @ts-expect-error nor with rows that come back
    expect(() => queryOptions(db.orders.update({ note: 'x' }).all().returning('id').one())).toThrow(
      'A write is no query',
    )
  })

  test('options of queries, mutations and pages', async () => {
    const { queryFn } = queryOptions(db.orders.select('id').where({ id: 1 }))
    expect(await queryFn({ signal: new AbortController().signal })).toEqual([{ id: 1 }])
    await expect(queryFn({ signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })

    const insert = mutationOptions((row: OrdersInsert) => db.orders.insert(row).returning('note').rollback())
    expect(await insert.mutationFn({ customer_id: '1', note: 'x' })).toEqual([{ note: 'x' }])

    const pages = pageOptions(db.orders.select('id').order('id'), 3)
    const first = await pages.queryFn({ pageParam: pages.initialPageParam })
    expect(first).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }])
    const next = pages.getNextPageParam(first, [first])
    expect(next).toBe(3)
    const second = await pages.queryFn({ pageParam: next ?? 0 })
    expect([second, pages.getNextPageParam(second, [first, second])]).toEqual([[{ id: 4 }], undefined])
  })
})

describe('@rolecast/client/zod', () => {
  const query = () => db.orders.select('id', 'total').where({ id: 1 })

  test('what comes back is what the schema says', async () => {
    const rows = await checked(query(), z.array(z.object({ id: z.number(), total: z.string() })))
    expect(rows).toEqual([{ id: 1, total: '120.50' }])
  })

  test('or it says where not', async () => {
    const wrong = checked(query(), z.array(z.object({ id: z.number(), total: z.number() })))
    await expect(wrong).rejects.toThrow(/0\.total/)
    expect(isResponseError(await wrong.catch((error) => error))).toBe(true)
  })
})

describe('@rolecast/client/testing', () => {
  test('calls that leave nothing behind', async () => {
    const server = await database.serve('clerk')
    const trying = testClient(createClient, { server, rollback: true })
    expect(await trying.orders.insert({ customer_id: '1', note: 'tried' }).returning('note')).toEqual([
      { note: 'tried' },
    ])
    await trying.orders.delete().all()
    expect(await db.orders.select('id').where({ note: 'tried' }).count()).toBe(0)
    expect(await db.orders.select('id').count()).toBe(4)
  })

  test('tokens that the server takes', async () => {
    const server = await database.serve('visitor')
    const token = await testToken(secret, { role: 'clerk' })
    expect(await testClient(createClient, { server, token }).orders.select('id').where({ id: 1 })).toEqual([{ id: 1 }])
    const { error } = await testClient(createClient, { server }).orders.select('id').result()
    expect(error?.code).toBe('42501')
    const old = await testToken(secret, { role: 'clerk', exp: 1000 })
    const renewed = testClient(createClient, { server, token: (reason) => (reason === 'expired' ? token : old) })
    expect(await renewed.orders.select('id').where({ id: 1 })).toEqual([{ id: 1 }])
  })
})

test('a page beyond the end is an empty list, with the count', async () => {
  const page = db.orders.select('id').order('id').limit(1).offset(40)
  expect(await page).toEqual([])
  expect(await page.withCount()).toEqual({ rows: [], count: 4 })
  expect(await page.count()).toBe(4)
})

describe('can', () => {
  test('is frozen, and says columns and functions', () => {
    const open = (value: unknown): boolean =>
      typeof value === 'object' && value !== null && (!Object.isFrozen(value) || Object.values(value).some(open))
    expect([can, canIn].map(open)).toEqual([false, false])
    expect(can.orders.columns.select).toContain('total')
    expect(can.orders.columns.update).toContain('note')
    expect(can.rpc).toMatchObject({ pick: true })
    expect(canIn.api).toEqual(can)
  })
})
