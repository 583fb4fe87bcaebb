// supabase-js and postgrest-js as npm gives them, with a role's generated types, against the server.
import { PostgrestClient } from '@supabase/postgrest-js'
import { createClient } from '@supabase/supabase-js'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { secret, startDatabase, type TestDatabase } from '../client/database.js'
import type { Database, TablesInsert } from '../client/generated/clerk/database.js'
import type { Database as VisitorsDatabase } from '../client/generated/visitor/database.js'

let database: TestDatabase
let url: string
let token: string
beforeAll(async () => {
  database = await startDatabase()
  const server = await database.serve('visitor')
  url = `http://127.0.0.1:${await server.listen(0, '127.0.0.1')}`
  token = await new SignJWT({ role: 'clerk' })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode(secret))
})
afterAll(() => database[Symbol.asyncDispose]())

/** supabase-js asks below /rest/v1, where a gateway in front of the API takes that away: here its fetch does. */
const withoutPrefix: typeof fetch = (input, init) => fetch(String(input).replace('/rest/v1', ''), init)

/** Node 20 has no WebSocket, which supabase-js looks for though nothing here listens. */
class NoSocket extends EventTarget {}

const clerk = () =>
  createClient<Database, 'api'>(url, 'key', {
    db: { schema: 'api' },
    accessToken: async () => token,
    global: { fetch: withoutPrefix },
    realtime: { transport: NoSocket as never },
  })
const visitor = () => new PostgrestClient<VisitorsDatabase>(url, { schema: 'api' })

describe('supabase-js', () => {
  test('reads, with embeds and filters', async () => {
    const { data, error } = await clerk()
      .from('orders')
      .select('number, total, bigs, meta, customers!customer_id(name), order_lines(qty, products(name)), labels(label)')
      .eq('status', 'paid')
      .contains('tags', ['a'])
      .order('id')
    expect(error).toBeNull()
    expect(data).toEqual([
      {
        number: 'A-1',
        total: 120.5,
        bigs: [Number('9007199254740993')], // as JSON.parse reads it
        meta: { city: 'Vienna', size: { w: 2 } },
        customers: { name: 'Ada' },
        order_lines: [
          { qty: 2, products: { name: 'Sencha' } },
          { qty: 1, products: { name: 'Arabica' } },
        ],
        labels: [{ label: 'urgent' }, { label: 'gift' }],
      },
    ])
    expect((await clerk().from('order_totals').select('*').eq('order_id', 1).single()).data).toEqual({
      order_id: 1,
      customer_id: 1,
      doubled: 241,
    })
    expect((await clerk().from('categories').select('name, parent:parent_id(name)').eq('id', 2).single()).data).toEqual(
      {
        name: 'Tea',
        parent: { name: 'Drinks' },
      },
    )
    expect((await clerk().from('customers').select('name, profiles(bio)').eq('id', 1).single()).data).toEqual({
      name: 'Ada',
      profiles: { bio: 'Mathematician' },
    })
    expect((await clerk().from('orders').select('id, ...order_lines(qty)').eq('id', 1).single()).data).toEqual({
      id: 1,
      qty: [2, 1],
    })
  })

  test('every name of a foreign key in the types is a hint', async () => {
    const byKey = await clerk().from('orders').select('customers!orders_customer_id_fkey(name)').eq('id', 1).single()
    expect(byKey.data).toEqual({ customers: { name: 'Ada' } })
    const back = await clerk().from('customers').select('orders!orders_handler_id_fkey(id)').eq('id', 2).single()
    expect(back.data).toEqual({ orders: [{ id: 1 }] })
  })

  test('computed fields and relationships, and no field in *', async () => {
    const { data } = await clerk().from('orders').select('summary, latest_line(no)').eq('id', 1).single()
    expect(data).toEqual({ summary: 'A-1: paid', latest_line: { no: 2 } })
    const all = await clerk().from('orders').select('*').eq('id', 1).single()
    expect(Object.keys(all.data ?? {})).not.toContain('summary')
  })

  test('inserts, upserts, updates and deletes', async () => {
    const order: TablesInsert<'orders'> = { customer_id: 1, number: 'S-1', meta: { a: [1, null] }, tags: ['x'] }
    const made = await clerk().from('orders').insert(order).select('id, meta, status').single()
    expect(made.data).toEqual({ id: expect.any(Number), meta: { a: [1, null] }, status: 'open' })
    const id = made.data?.id ?? 0
    const again = await clerk().from('orders').upsert({ id, customer_id: 1, note: 'again' }).select('note').single()
    expect(again.data).toEqual({ note: 'again' })
    const kept = await clerk().from('orders').upsert({ id, customer_id: 1, note: 'not' }, { ignoreDuplicates: true })
    expect([kept.error, kept.status]).toEqual([null, 201])
    const changed = await clerk().from('orders').update({ status: 'on hold' }).eq('id', id).select('status, note')
    expect(changed.data).toEqual([{ status: 'on hold', note: 'again' }])
    expect((await clerk().from('orders').delete({ count: 'exact' }).eq('id', id)).count).toBe(1)
    const home = { city: 'Graz', floor: null, street: 'Ring 2' }
    const person = await clerk()
      .from('customers')
      .insert({ name: 'Cleo', email: 'c@example.com', home })
      .select('home')
      .single()
    expect(person.data).toEqual({ home })
  })

  test('calls functions', async () => {
    expect((await clerk().rpc('add', { a: 1, b: 2 })).data).toBe(3)
    expect((await clerk().rpc('add', { a: 1 }, { get: true })).data).toBe(2)
    expect((await clerk().rpc('exacts')).data).toHaveLength(2)
    expect((await clerk().rpc('split', { value: 7 })).data).toEqual({ half: 3, rest: 1 })
    expect((await clerk().rpc('report', { since: 1 })).data?.[0]).toEqual({ status: 'open', orders: 2 })
    expect((await clerk().rpc('pick', { a: 1 })).data).toBe('one number')
    expect((await clerk().rpc('pick', { b: 'gift' })).data).toEqual([{ id: 2, label: 'gift' }])
    expect((await clerk().rpc('store', { a: 'the body' })).data).toBe('the body')
    const found = await clerk().rpc('find_orders', { term: 'tea' }).select('id, customers!customer_id(name)')
    expect(found.data).toEqual([{ id: 1, customers: { name: 'Ada' } }])
    // what the types call null is null, and a row that is not there is one of nulls
    expect((await clerk().rpc('touch', { id: 99 })).data).toBeNull()
    expect((await clerk().rpc('order_of', { id: 99 })).data?.status).toBeNull()
  })

  test('another schema', async () => {
    expect((await clerk().schema('archive').from('orders').select('year').order('id')).data).toEqual([
      { year: 2020 },
      { year: 2021 },
    ])
  })
})

test('postgrest-js, as the visitor', async () => {
  expect((await visitor().from('customers').select('*').eq('id', 1).maybeSingle()).data).toBeNull() // * is refused
  expect((await visitor().from('customers').select('id, name').eq('id', 1).maybeSingle()).data).toEqual({
    id: 1,
    name: 'Ada',
  })
  expect((await visitor().from('inbox').insert({ message: 'hello' })).status).toBe(201)
  expect((await visitor().rpc('search_customers', { term: 'A%' }).select('id')).data).toEqual([{ id: 1 }])
})
