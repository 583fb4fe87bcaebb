import { testClient } from '@rolecast/client/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDatabase, type TestDatabase } from './database.js'
import { createClient, type Db } from './generated/clerk/index.js'

let database: TestDatabase
let db: Db
beforeAll(async () => {
  database = await startDatabase()
  db = testClient(createClient, { server: await database.serve('clerk') })
})
afterAll(() => database[Symbol.asyncDispose]())

test('values, with defaults, nulls and every digit', async () => {
  expect(await db.rpc.add({ a: 1, b: 2 })).toBe(3)
  expect(await db.rpc.add({ a: 1 })).toBe(2)
  expect(await db.rpc.add({ a: null, b: 2 })).toBe(null)
  expect(await db.rpc.exact()).toBe('12345678901234567890.50')
  expect(await db.rpc.exacts()).toEqual(['9007199254740993', '1'])
})

test('rows of a relation: selected, filtered, embedded, ordered, counted', async () => {
  expect((await db.rpc.find_orders({ term: 'tea' }))[0]).toMatchObject({
    id: 1,
    total: '120.50',
    big: '9007199254740993',
  })
  const rows = await db.rpc
    .find_orders({ term: 'e' })
    .select('number')
    .embed({ customer: ['name'], lines: db.order_lines.select('qty').order('qty') })
    .where({ id: { lt: 3 } })
    .order('id', 'desc')
    .limit(1)
  expect(rows).toEqual([{ number: 'A-2', customer: { name: 'Ada' }, lines: [{ qty: 5 }] }])
  expect(await db.rpc.find_orders({ term: 'a' }).select('id').withCount()).toMatchObject({ count: 2 })
  expect(await db.rpc.find_orders({ term: 'green' }).select('id').one()).toEqual({ id: 1 })
})

test('arguments that read like the grammar of filters', async () => {
  for (const term of ['eq.1', 'not.null', 'in.(1,2)', 'a,b', '"']) {
    await db.orders.insert({ customer_id: '1', note: `<${term}>` })
    expect(await db.rpc.find_orders({ term }).select('note')).toEqual([{ note: `<${term}>` }])
  }
})

test('documents, and texts in place of them', async () => {
  for (const [document, kind] of [
    [{ a: 1 }, 'object'],
    ['true', 'string'],
    ['a', 'string'],
    [1, 'number'],
  ] as const) {
    expect(await db.rpc.kind_of({ document })).toBe(kind)
  }
})

test('one row', async () => {
  expect(await db.rpc.order_of({ id: 2 }).select('id', 'total')).toEqual({ id: 2, total: '9.90' })
  expect(await db.rpc.order_of({ id: 99 })).toBe(null)
  expect(await db.rpc.order_of({ id: 99 }).select('number', { nr: 'id' })).toBe(null)
  // Of this column alone nobody can tell.
  expect(await db.rpc.order_of({ id: 99 }).select('number')).toEqual({ number: null })
  expect(await db.rpc.split({ value: 7 })).toEqual({ half: 3, rest: 1 })
})

test('rows of its own', async () => {
  const rows = await db.rpc
    .report({ since: 1 })
    .where({ status: ['paid', 'on hold'] })
    .order('status')
  expect(rows).toEqual([
    { status: 'paid', orders: '1' },
    { status: 'on hold', orders: '1' },
  ])
})

test('nothing, by POST', async () => {
  expect(await db.rpc.touch({ id: 3 })).toBeUndefined()
  expect(await db.orders.select('note').where({ id: 3 }).one()).toEqual({ note: 'touched' })
})

test('variadic, unnamed and overloaded', async () => {
  expect(await db.rpc.join_words({ words: ['a', 'b c', 'd'] })).toBe('a-b c-d')
  expect(await db.rpc.join_words({ words: ['x,y', '"'] })).toBe('x,y-"')
  expect(await db.rpc.store({ a: 'body' })).toBe('body')
  expect(await db.rpc.pick({ a: 1 })).toBe('one number')
  expect(await db.rpc.pick({ b: 'gift' }).select('id')).toEqual([{ id: 2 }])
})
