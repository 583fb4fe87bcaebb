// Kysely and pg, connected as the role, with its generated types.
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDatabase, type TestDatabase } from '../client/database.js'
import type { DB } from '../client/generated/clerk/kysely.js'
import type { DB as VisitorsDb } from '../client/generated/visitor/kysely.js'

let database: TestDatabase
beforeAll(async () => {
  database = await startDatabase()
  await database.query('ALTER ROLE clerk LOGIN; ALTER ROLE visitor LOGIN')
})
afterAll(() => database[Symbol.asyncDispose]())

function connectAs<T>(user: string): Kysely<T> & AsyncDisposable {
  const connectionString = database.postgres.uriOf({ user })
  const pool = new pg.Pool({ connectionString, max: 1, options: '-c search_path=api' })
  const db = new Kysely<T>({ dialect: new PostgresDialect({ pool }) })
  return Object.assign(db, { [Symbol.asyncDispose]: () => db.destroy() })
}

test('reads what pg returns for each type', async () => {
  await using db = connectAs<DB>('clerk')
  const order = await db
    .selectFrom('orders')
    .innerJoin('customers', 'customers.id', 'orders.customer_id')
    .select(['orders.id', 'customer_id', 'total', 'bigs', 'tags', 'meta', 'period', 'status', 'created_at', 'name'])
    .where('number', '=', 'A-1')
    .executeTakeFirstOrThrow()
  expect(order).toEqual({
    id: 1,
    customer_id: '1',
    total: '120.50',
    bigs: ['9007199254740993'],
    tags: ['a', 'b,c'],
    meta: { city: 'Vienna', size: { w: 2 } },
    period: '[2026-01-01,2026-02-01)',
    status: 'paid',
    created_at: expect.any(Date),
    name: 'Ada',
  })
  expect(await db.selectFrom('archive.orders').selectAll().orderBy('id').execute()).toEqual([
    { id: 1, year: 2020 },
    { id: 2, year: 2021 },
  ])
})

test('writes what the types take', async () => {
  await using db = connectAs<DB>('clerk')
  const created_at = new Date('2026-01-02T03:04:05Z')
  const made = await db
    .insertInto('orders')
    .values({ customer_id: 1n, total: 9.9, tags: ['x', 'y,z'], meta: { a: [1] }, bigs: [1n, '2'], created_at })
    .returning(['id', 'big', 'total', 'tags', 'meta', 'bigs', 'created_at', 'status'])
    .executeTakeFirstOrThrow()
  expect(made).toEqual({
    id: expect.any(Number),
    big: '9007199254740993',
    total: '9.90',
    tags: ['x', 'y,z'],
    meta: { a: [1] },
    bigs: ['1', '2'],
    created_at,
    status: 'open',
  })
  const list = db
    .updateTable('orders')
    .set({ meta: JSON.stringify([1, 'a']), status: 'paid' })
    .where('id', '=', made.id)
  expect(await list.returning('meta').executeTakeFirst()).toEqual({ meta: [1, 'a'] })
  expect((await db.deleteFrom('orders').where('id', '=', made.id).executeTakeFirst()).numDeletedRows).toBe(1n)
})

test('what is left out of the types is refused by PostgreSQL', async () => {
  await using db = connectAs<VisitorsDb>('visitor')
  await db.insertInto('inbox').values({ message: 'hello' }).execute()
  const untyped = db as unknown as Kysely<Record<string, Record<string, unknown>>>
  await expect(untyped.selectFrom('orders').select('id').execute()).rejects.toMatchObject({ code: '42501' })
  await expect(untyped.selectFrom('customers').select('email').execute()).rejects.toMatchObject({ code: '42501' })
  await expect(untyped.updateTable('customers').set({ name: 'x' }).execute()).rejects.toMatchObject({ code: '42501' })
})
