import {
  isForeignKeyViolation,
  isNotNullViolation,
  isPermissionDenied,
  isRowSecurityViolation,
  isUniqueViolation,
} from '@rolecast/client'
import { testClient } from '@rolecast/client/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startDatabase, type TestDatabase } from './database.js'
import { createClient, type Db } from './generated/clerk/index.js'
import { createClient as createVisitor } from './generated/visitor/index.js'

let database: TestDatabase
let db: Db
beforeAll(async () => {
  database = await startDatabase()
  db = testClient(createClient, { server: await database.serve('clerk') })
})
afterAll(() => database[Symbol.asyncDispose]())

const count = (filter: { note: string }) => db.orders.select('id').where(filter).count()

describe('insert', () => {
  test('one row, nothing back', async () => {
    expect(await db.orders.insert({ customer_id: '1', note: 'one' })).toBeUndefined()
    expect(await count({ note: 'one' })).toBe(1)
  })

  test('rows with different keys: what is missing becomes the default', async () => {
    const rows = await db.orders
      .insert([
        { customer_id: '1', total: '12345678.90', note: 'many' },
        { customer_id: '2', status: 'paid' },
      ])
      .returning('total', 'status', 'note')
    expect(rows).toEqual([
      { total: '12345678.90', status: 'open', note: 'many' },
      { total: '0.00', status: 'paid', note: null },
    ])
    const { error } = await db.orders
      .insert([{ customer_id: '1', total: '1' }, { customer_id: '2' }], { missing: 'null' })
      .result()
    expect(isNotNullViolation(error)).toBe(true)
  })

  test('values of every kind come back as they went', async () => {
    const row = {
      customer_id: '2',
      big: '-9223372036854775808',
      tags: ['a"b', 'c,d', '', 'null'],
      bigs: ['9223372036854775807', '0'],
      meta: { a: [1, { b: null }], 'c d': 'é' },
      period: '[2026-05-01,2026-06-01)' as const,
      paid: false,
      note: 'line\nbreak',
    }
    expect(
      await db.orders
        .insert(row)
        .returning('customer_id', 'big', 'tags', 'bigs', 'meta', 'period', 'paid', 'note')
        .one(),
    ).toEqual(row)
  })

  test('with related rows, and computed fields of JSON', async () => {
    const made = await db.orders
      .insert({ customer_id: '1', meta: { a: 1 } })
      .returning('status')
      .embed({ customer: ['name'] })
      .text({ a: ['meta', 'a'] })
    expect(made).toEqual([{ status: 'open', customer: { name: 'Ada' }, a: '1' }])
  })

  test('none at all', async () => {
    expect(await db.orders.insert([]).returning('id')).toEqual([])
  })
})

describe('upsert', () => {
  test('by primary key and by another', async () => {
    await db.orders.upsert({ id: 900, number: 'U-1', customer_id: '1', note: 'first' })
    await db.orders.upsert([{ id: 900, number: 'U-1', customer_id: '1', note: 'second' }])
    const [row] = await db.orders
      .upsert({ number: 'U-1', customer_id: '2' }, { onConflict: ['number'] })
      .returning('id', 'note', 'customer_id')
    expect(row).toEqual({ id: 900, note: 'second', customer_id: '2' })
  })

  test('of rows with different keys: only if it is said what a missing one becomes', async () => {
    await db.orders.insert({ id: 905, customer_id: '1', note: 'precious' })
    const rows = [
      { id: 905, customer_id: '2' },
      { id: 906, customer_id: '1', note: 'new' },
    ]
    const { error } = await db.orders.upsert(rows).result()
    expect(error?.code).toBe('PGRST102')
    expect(await db.orders.select('note').where({ id: 905 }).one()).toEqual({ note: 'precious' })
    const merged = await db.orders.upsert(rows, { missing: 'null' }).returning('id', 'note')
    expect(merged).toEqual([
      { id: 905, note: null },
      { id: 906, note: 'new' },
    ])
  })

  test('or ignore', async () => {
    await db.orders.insertOrIgnore({ id: 901, customer_id: '1', note: 'kept' })
    expect(
      await db.orders
        .insertOrIgnore([
          { id: 901, customer_id: '1', note: 'ignored' },
          { id: 902, customer_id: '1', note: 'new' },
        ])
        .returning('id'),
    ).toEqual([{ id: 902 }])
    expect(await db.orders.select('note').where({ id: 901 }).one()).toEqual({ note: 'kept' })
  })
})

describe('update and delete', () => {
  test('with a filter', async () => {
    await db.orders.insert({ id: 910, customer_id: '1' })
    expect(await db.orders.update({ note: 'changed', tags: ['x'] }).where({ id: 910 })).toBe(1)
    expect(
      await db.orders.update({ total: '1.5' }).where({ id: 910 }).returning('note', 'total', 'tags').one(),
    ).toEqual({ note: 'changed', total: '1.50', tags: ['x'] })
    expect(await db.orders.delete().where({ id: 910 }).returning('id')).toEqual([{ id: 910 }])
    expect(await db.orders.delete().where({ id: 910 }).returning('id').maybe()).toBe(null)
  })

  test('with alternatives', async () => {
    await db.orders.insert([
      { id: 911, customer_id: '1' },
      { id: 912, customer_id: '1' },
    ])
    expect(await db.orders.delete().or({ id: 911 }, { id: 912 }).returning('id')).toHaveLength(2)
  })

  test('of all rows, only when it is said', async () => {
    await expect((async () => db.order_labels.delete() as unknown as PromiseLike<void>)()).rejects.toThrow('where(…)')
    expect(await db.order_labels.select().count()).toBe(3)
    await db.order_labels.update({ label_id: 2 }).all().maxAffected(99).rollback().result()
    await db.order_labels.delete().all().rollback()
    expect(await db.order_labels.select().count()).toBe(3)
    await db.order_labels.delete().all()
    expect(await db.order_labels.select().count()).toBe(0)
  })

  test('no more rows than expected', async () => {
    const { error } = await db.orders
      .update({ note: 'x' })
      .where({ id: [1, 2] })
      .maxAffected(1)
      .result()
    expect(error).toMatchObject({ code: 'PGRST124' })
    expect(await db.orders.update({ note: 'y' }).where({ id: 1 }).maxAffected(1).returning('note')).toEqual([
      { note: 'y' },
    ])
  })

  test('one row or nothing is written', async () => {
    const { error } = await db.orders
      .update({ note: 'both' })
      .where({ id: [1, 2] })
      .returning('id')
      .one()
      .result()
    expect(error).toMatchObject({ code: 'PGRST116' })
    expect(await count({ note: 'both' })).toBe(0)
  })

  test('in another schema', async () => {
    const archive = db.schema('archive')
    await archive.orders.insert({ id: 3, year: 2022 })
    expect(await archive.orders.update({ year: 2023 }).where({ id: 3 }).returning('year')).toEqual([{ year: 2023 }])
  })
})

describe('errors', () => {
  test('say which constraint or right it was', async () => {
    const unique = await db.orders.insert({ number: 'A-1', customer_id: '1' }).result()
    expect(isUniqueViolation(unique.error)).toBe(true)
    expect(unique.error).toMatchObject({ status: 409, code: '23505', method: 'POST', path: '/orders' })
    expect(isForeignKeyViolation((await db.orders.insert({ customer_id: '99' }).result()).error)).toBe(true)
    const ghost = await db.customers.insert({ name: 'Ghost', email: 'x@y' }).result()
    expect(isRowSecurityViolation(ghost.error)).toBe(true)
  })

  test('a client of another role than the token, or the anonymous role: refused by the database, and explained', async () => {
    const asVisitor = testClient(createClient, { server: await database.serve('visitor') })
    const { error } = await asVisitor.orders.select('id').result()
    expect(isPermissionDenied(error)).toBe(true)
    expect(error?.hint).toContain("client is for the role clerk; the token's is missing")
  })
})

test('a role that may only insert', async () => {
  const visitor = testClient(createVisitor, { server: await database.serve('visitor') })
  await visitor.inbox.insert([{ message: 'Hello' }, { message: "it's me" }])
  expect(await database.query('SELECT message FROM api.inbox ORDER BY id')).toEqual([
    { message: 'Hello' },
    { message: "it's me" },
  ])
  await db.inbox.delete().all()
  expect(await database.query('SELECT message FROM api.inbox')).toEqual([])
})
