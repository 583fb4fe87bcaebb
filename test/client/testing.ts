import { isForeignKeyViolation, isPermissionDenied, isUniqueViolation } from '@rolecast/client'
import { inTestTransaction, testClient, testToken } from '@rolecast/client/testing'
import type { Server } from '@rolecast/server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { secret, startDatabase, type TestDatabase } from './database.js'
import { createClient } from './generated/clerk/index.js'
import { createClient as createVisitor } from './generated/visitor/index.js'

let database: TestDatabase
let server: Server
beforeAll(async () => {
  database = await startDatabase()
  await database.query(`
    CREATE FUNCTION hidden.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'too late'; END $$;
    CREATE CONSTRAINT TRIGGER late AFTER INSERT ON api.orders DEFERRABLE INITIALLY DEFERRED
      FOR EACH ROW WHEN (NEW.note = 'late') EXECUTE FUNCTION hidden.refuse();
    ALTER TABLE api.orders ADD CONSTRAINT "one a ""day" UNIQUE (note) DEFERRABLE;
    ALTER ROLE clerk SET statement_timeout = '7s'`)
  server = await database.serve('visitor')
})
afterAll(() => database[Symbol.asyncDispose]())

const clerkOf = (bound: Pick<Server, 'fetch'>) =>
  testClient(createClient, { server: bound, token: () => testToken(secret, { role: 'clerk' }) })
const ordersThere = () => clerkOf(server).orders.select('id').count()

test('requests of several roles see what came before, and nothing is left', async () => {
  const before = await ordersThere()
  await inTestTransaction(server, async (transaction) => {
    const [clerk, visitor] = [clerkOf(transaction), testClient(createVisitor, { server: transaction })]
    const [made] = await clerk.customers.insert({ name: 'Cleo', email: 'cleo@example.com' }).returning('id')
    const customer_id = made?.id ?? ''
    const order = await clerk.orders.insert({ customer_id, number: 'T-1' }).returning('id').one()
    await clerk.orders.update({ status: 'paid' }).where({ id: order.id })
    expect(
      await clerk.orders
        .select('status')
        .embed({ customer: ['name'] })
        .where({ number: 'T-1' }),
    ).toEqual([{ status: 'paid', customer: { name: 'Cleo' } }])
    expect(await visitor.customers.select('name').where({ name: 'Cleo' })).toEqual([{ name: 'Cleo' }])
    await clerk.orders.delete().all()
    expect(await clerk.orders.select('id').count()).toBe(0)
    expect(await ordersThere()).toBe(before)
  })
  expect(await ordersThere()).toBe(before)
})

test('a request that fails undoes its own work only', async () => {
  await using transaction = await server.testTransaction()
  const [clerk, visitor] = [clerkOf(transaction), testClient(createVisitor, { server: transaction })]
  await clerk.orders.insert({ customer_id: '1', number: 'T-1' })
  const twice = await clerk.orders.insert([{ customer_id: '1' }, { customer_id: '1', number: 'T-1' }]).result()
  expect(isUniqueViolation(twice.error)).toBe(true)
  expect(isForeignKeyViolation((await clerk.orders.insert({ customer_id: '999' }).result()).error)).toBe(true)
  expect(isPermissionDenied((await clerkOf({ fetch: visitorsOnly }).orders.select('id').result()).error)).toBe(true)
  expect((await clerk.orders.update({ total: '5' }).all().maxAffected(1).result()).error?.code).toBe('PGRST124')
  expect(await clerk.orders.select('number').where({ number: 'T-1' })).toEqual([{ number: 'T-1' }])
  expect(await clerk.orders.select('id').where({ total: '5' }).count()).toBe(0)
  expect(await visitor.customers.select('id').where({ id: '1' })).toEqual([{ id: '1' }])

  /** Without the token: the visitor may not do this. */
  function visitorsOnly(request: Request): Promise<Response> {
    request.headers.delete('Authorization')
    return transaction.fetch(request)
  }
})

test('at the end of each request are the checks and the rollback that a commit of its own would have', async () => {
  await using transaction = await server.testTransaction()
  const clerk = clerkOf(transaction)
  const late = () => clerk.orders.insert({ customer_id: '1', note: 'late' }).result()
  for (const { error } of [await late(), await late()]) expect(error?.message).toBe('too late')
  await clerk.orders.insert({ customer_id: '1', note: 'tried' }).rollback()
  expect(
    await clerk.orders
      .select('id')
      .where({ note: ['late', 'tried'] })
      .count(),
  ).toBe(0)
  await clerk.orders.insert({ customer_id: '1', note: 'once' })
  expect(isUniqueViolation((await clerk.orders.insert({ customer_id: '1', note: 'once' }).result()).error)).toBe(true)
})

test('no role, setting or read-only mode goes from one request to the next', async () => {
  await using transaction = await server.testTransaction()
  const sessionOf = async () =>
    (
      await transaction.query(
        `SELECT current_user, current_setting('statement_timeout'), current_setting('request.jwt.claims', true) <> ''`,
      )
    )[0]
  const before = await sessionOf()
  expect(before?.[0]).toBe('authenticator')
  const clerk = clerkOf(transaction)
  await clerk.orders.select('id')
  await clerk.orders.insert({ customer_id: '1', note: 'written after a read' })
  await clerk.orders.insert({ customer_id: '0' }).result()
  expect((await sessionOf())?.slice(0, 2)).toEqual(before?.slice(0, 2))
  expect((await sessionOf())?.[2]).not.toBe('t')
})

test('calls at once wait for each other; after the end there are none', async () => {
  const transaction = await server.testTransaction()
  const clerk = clerkOf(transaction)
  const notes = ['a', 'b', 'c', 'd', 'e']
  await Promise.all(notes.map((note) => clerk.orders.insert({ customer_id: '1', note })))
  const pending = clerk.orders.select('id').where({ note: notes }).count()
  expect(await pending).toBe(5)
  await transaction.rollback()
  await transaction.rollback()
  expect((await clerk.orders.select('id').result()).error).not.toBeNull()
})

test('two tests at once do not see each other', async () => {
  await using one = await server.testTransaction()
  await using other = await server.testTransaction()
  await clerkOf(one).orders.insert({ customer_id: '1', note: 'mine' })
  expect(await clerkOf(other).orders.select('id').where({ note: 'mine' }).count()).toBe(0)
})
