import {
  type ApiError,
  chunked,
  constraintOf,
  isApiError,
  isNotFound,
  isTimeout,
  isUnauthorized,
  isUnavailable,
  keepToken,
  type Row,
  streamRows,
} from '@rolecast/client'
import { pageOptions, queryOptions, reading } from '@rolecast/client/tanstack'
import { type can, createClient, type OrdersRow } from '../client/generated/clerk/index.js'
import { type Equal, type Flat, is } from './expect.test-d.js'

const db = createClient({ url: 'http://localhost', token: async () => 'token' })

export async function rows() {
  const all = await db.orders.select()
  is<Equal<Flat<typeof all>, Flat<OrdersRow>[]>>()
  const some = await db.orders.select('id', 'total', 'summary')
  is<Equal<Flat<typeof some>, { id: number; total: string; summary: string | null }[]>>()
  is<Equal<OrdersRow['status'], 'open' | 'paid' | 'on hold'>>()
  is<Equal<OrdersRow['bigs'], string[] | null>>()
  is<Equal<OrdersRow['meta'], unknown>>()
  // @ts-expect-error no such column
  db.orders.select('nummber')
  // @ts-expect-error no such relation
  db.order
  // @ts-expect-error no such column beside one that is there
  db.orders.select('id', 'nummber')
  // @ts-expect-error a column that this role may not read
  db.customers.select('secret')
  // @ts-expect-error a relation of a schema that is not exposed
  db.payroll
}

export async function embeds() {
  const list = await db.orders.select('id').embed({ customer: ['name'], lines: ['qty'] })
  is<Equal<Flat<typeof list>, { id: number; customer: { name: string } | null; lines: { qty: number }[] }[]>>()
  const deep = await db.orders.select('id').embed({
    lines: db.order_lines
      .select('no')
      .embed({ product: db.products.select('name').embed({ category: ['name'] }), order: ['id'] })
      .where({ qty: { gt: 1 } })
      .order('no'),
  })
  is<
    Equal<
      Flat<typeof deep>,
      {
        id: number
        lines: {
          no: number
          product: { name: string; category: { name: string } | null } | null
          order: { id: number }
        }[]
      }[]
    >
  >()
  const inner = await db.orders.select('id').embed({ customer: db.customers.select('name').inner() })
  is<Equal<Flat<typeof inner>, { id: number; customer: { name: string } }[]>>()
  const spread = await db.order_lines.select('no').spread('product', ['name'])
  is<Equal<Flat<typeof spread>, { no: number; name: string }[]>>()
  const lists = await db.orders.select('id').spread('lines', db.order_lines.select('qty'))
  is<Equal<Flat<typeof lists>, { id: number; qty: number[] }[]>>()
  const perhaps = await db.products.select('id').spread('category', ['name'])
  is<Equal<Flat<typeof perhaps>, { id: number; name: string | null }[]>>()
  const lines = db.order_lines.select('no')
  const named = db.products.select('name')
  type Line<P> = { no: number; product: P }[]
  const always = await lines.embed({ product: ['name'] })
  is<Equal<Flat<typeof always>, Line<{ name: string }>>>()
  const inner_ = await lines.embed({
    product: named
      .order('name')
      .text({ first: ['name', 0] })
      .inner(),
  })
  is<Equal<Flat<typeof inner_>, Line<{ name: string; first: string | null }>>>()
  const some = await lines.embed({ product: named.where({ price: { gt: '1' } }).order('name') })
  is<Equal<Flat<typeof some>, Line<{ name: string } | null>>>()
  const both = await lines.embed({ product: named.or({ id: 1 }, { id: 2 }).inner().not({ id: 1 }) })
  is<Equal<Flat<typeof both>, Line<{ name: string }>>>()
  const next = await lines.embed({ product: named.offset(1) })
  is<Equal<Flat<typeof next>, Line<{ name: string } | null>>>()
  const chosen = named.embed({ category: db.categories.select('name').inner() })
  const deeper = await lines.embed({ product: chosen })
  is<Equal<Flat<typeof deeper>, Line<{ name: string; category: { name: string } } | null>>>()
  const values = await lines.spread('product', named.where({ id: 1 }))
  is<Equal<Flat<typeof values>, { no: number; name: string | null }[]>>()
  // @ts-expect-error what a function returns is no relation to embed
  db.order_labels.select('order_id').embed({ label: db.rpc.pick({ b: 'x' }) })
  // @ts-expect-error nor when something is said of it
  db.order_labels.select('order_id').embed({ label: db.rpc.pick({ b: 'x' }).select('label').where({ id: 1 }).inner() })
  db.rpc
    .pick({ b: 'x' })
    .select('label')
    .where({ id: 1, orders: 'some' })
    .embed({ orders: ['id'] })
  db.rpc.pick({ b: 'x' }).where({ orders: 'some' }).select('label')
  // @ts-expect-error no such relationship
  db.orders.select('id').embed({ custommer: ['name'] })
  // @ts-expect-error no such relationship beside one that is there
  db.orders.select('id').embed({ customer: ['name'], custommer: ['name'] })
  // @ts-expect-error no such column of the related relation
  db.orders.select('id').embed({ customer: ['nname'] })
  // @ts-expect-error a query over another relation
  db.orders.select('id').embed({ customer: db.products.select('name') })
  // @ts-expect-error a query for one row is no embed
  db.orders.select('id').embed({ customer: db.customers.select('name').one() })
  // @ts-expect-error nor is a write
  db.orders.select('id').embed({ customer: db.customers.insert({ name: 'x', email: 'y' }) })
}

export async function forms() {
  const query = db.orders.select('id', 'note')
  const one = await query.one()
  is<Equal<Flat<typeof one>, { id: number; note: string | null }>>()
  const maybe = await query.maybe()
  is<Equal<Flat<typeof maybe>, { id: number; note: string | null } | null>>()
  const counted = await query.withCount('planned')
  is<Equal<Flat<typeof counted>, { rows: { id: number; note: string | null }[]; count: number }>>()
  is<Equal<Awaited<ReturnType<typeof query.count>>, number>>()
  const stripped = await query.stripNulls()
  is<Equal<Flat<typeof stripped>, { id: number; note?: string }[]>>()
  const deep = await db.customers
    .select('name')
    .embed({ orders: db.orders.select('note', 'tags').embed({ handler: ['home'] }) })
    .stripNulls()
  type Handler = { home?: { street?: string; city?: string; floor?: number } }
  type Order = { note?: string; tags: string[]; handler?: Handler }
  is<Equal<Flat<typeof deep>, { name: string; orders: Order[] }[]>>()
  // @ts-expect-error of the whole response, not of an embed
  db.customers.select('name').embed({ orders: query.stripNulls() })
  for await (const page of query.pages(10)) is<Equal<Flat<typeof page>, { id: number; note: string | null }[]>>()
  const parts = await chunked(query)
  is<Equal<Flat<typeof parts>, { id: number; note: string | null }[]>>()
  // @ts-expect-error one row is no list
  await chunked(query.one())
  for await (const row of streamRows(query)) is<Equal<Flat<typeof row>, { id: number; note: string | null }>>()
  const { data, error } = await query.result()
  if (error === null) is<Equal<Flat<typeof data>, { id: number; note: string | null }[]>>()
  else is<Equal<typeof data, null>>()
  const options = queryOptions(query.one())
  is<Equal<Flat<Awaited<ReturnType<typeof options.queryFn>>>, { id: number; note: string | null }>>()
  const paged = pageOptions(query.order('id'), 20)
  is<Equal<Flat<Awaited<ReturnType<typeof paged.queryFn>>>, { id: number; note: string | null }[]>>()
  // @ts-expect-error a write has no pages
  pageOptions(db.orders.insert({ customer_id: '1' }).returning('id'), 20)
  const sums = await db.orders.select('status').aggregate({ n: 'count', sum: { sum: 'total' }, top: { max: 'id' } })
  is<
    Equal<
      Flat<typeof sums>,
      { status: 'open' | 'paid' | 'on hold'; n: number; sum: string | null; top: number | null }[]
    >
  >()
  const inside = await db.orders
    .select('id')
    .text({ city: ['meta', 'city', 0] })
    .json({ size: ['meta', 'size'] })
  is<Equal<Flat<typeof inside>, { id: number; city: string | null; size: unknown }[]>>()
  // @ts-expect-error no such column
  db.orders.select('id').text({ city: ['metta', 'city'] })
  // @ts-expect-error a column as it is has another type
  db.orders.select('id').text({ total: ['total'] })
  const places = db.orders
    .select('status')
    .text({ city: ['meta', 'city'], note: ['meta', 'note'] })
    .json({ size: ['meta', 'size'] })
  const built = places
    .where({ city: { ilike: 'v*' }, size: { gte: 9 }, status: 'paid' }, { size: [1, 2], city: null })
    .where({ $or: [{ city: 'Graz', id: 1 }, { $not: { size: true } }] })
    .aggregate({ n: 'count' })
    .order('city', 'desc')
    .order('size')
    .limit(3)
  is<
    Equal<
      Row<typeof built>,
      { status: OrdersRow['status']; city: string | null; note: string | null; size: unknown; n: number }
    >
  >()
  db.customers.select('id').embed({ orders: places.where({ city: 'Graz' }) })
  // @ts-expect-error a text
  places.where({ city: 9 })
  // @ts-expect-error a text, also in trees
  places.where({ $or: [{ city: { gte: 9 } }] })
  // @ts-expect-error nothing is called so
  places.where({ street: 'x' })
  // @ts-expect-error
  places.where({ $or: [{ street: 'x' }] })
  // @ts-expect-error
  places.order('street')
  // @ts-expect-error the name is the value's, and no relation's
  db.orders.select('status').where({ city: 'Graz' })
  // @ts-expect-error the column of this name is meant, which is a text
  places.where({ note: { path: ['x'], eq: 1 } })
  // @ts-expect-error no such column
  db.orders.select('id').aggregate({ sum: { sum: 'tottal' } })
  // @ts-expect-error PostgreSQL has no sum of texts
  db.orders.aggregate({ sum: { sum: 'note' } })
  // @ts-expect-error nor a greatest document
  db.orders.select('status').aggregate({ top: { max: 'meta' } })
  const all = await db.orders.aggregate({ n: 'count', sum: { sum: 'total' } }).one()
  is<Equal<Flat<typeof all>, { n: number; sum: string | null }>>()
  // @ts-expect-error no such column
  db.orders.aggregate({ sum: { sum: 'tottal' } })
  // @ts-expect-error no such column
  db.orders.select('id').order('iid')
  // @ts-expect-error one row cannot be limited
  query.one().limit(1)
  // @ts-expect-error neither relationship nor column
  query.orderBy('custommer', 'name')
  // @ts-expect-error no column of the related relation
  query.orderBy('customer', 'nname')
  // @ts-expect-error: there are many lines, so none to order by
  query.orderBy('lines', 'qty')
  query.orderBy('customer', 'name', 'desc')
  const shown = query.embed({ customer: ['name'] })
  shown.orderBy('customer', 'name').orderBy('customer', 'email').limit(1)
  try {
    await query
  } catch (problem) {
    if (isApiError(problem, '23505')) is<Equal<typeof problem.status, number>>()
  }
}

export function conditions() {
  const orders = db.orders.select('id')
  orders.where({ id: 1, status: ['open', 'paid'], total: { gte: '10', not: { eq: '11' } }, note: null })
  orders.where({ tags: { cs: ['a'] }, bigs: ['1'], meta: { path: ['a'], ilike: 'x' }, period: { ov: '[1,2)' } })
  orders.where({ $or: [{ id: 1 }, { $not: { note: { is: 'not_null' } } }], customer: 'some', lines: 'none' })
  orders.or({ id: 1 }, { words: { wfts: 'x' } }).not({ paid: true })
  db.customers.select('id').where({ home: { path: ['city'], like: 'V*' } })
  // @ts-expect-error PostgreSQL cannot compare composites with text
  db.customers.select('id').where({ home: { eq: { street: null, city: null, floor: null } } })
  // @ts-expect-error a number is no text
  orders.where({ note: 1 })
  // @ts-expect-error numeric is text here, so that no digit is lost
  orders.where({ total: 1 })
  // @ts-expect-error not null
  orders.where({ id: null })
  // @ts-expect-error no such column
  orders.where({ iid: 1 })
  // @ts-expect-error no such column in an alternative
  orders.or({ iid: 1 })
  // @ts-expect-error no such label
  orders.where({ status: 'closed' })
  // @ts-expect-error no such operator
  orders.where({ id: { equals: 1 } })
  // @ts-expect-error enums are not compared by pattern
  orders.where({ status: { like: 'o*' } })
  // @ts-expect-error a raw filter
  orders.where('id=eq.1')
  // @ts-expect-error neither some nor none
  orders.where({ customer: 'any' })
}

export async function writes() {
  const made = await db.orders.insert({ customer_id: '1' }).returning('id').one()
  is<Equal<Flat<typeof made>, { id: number }>>()
  is<Equal<Awaited<ReturnType<typeof db.orders.insert>>, void>>()
  db.customers.insert([{ name: 'x', email: 'y', home: { street: null, city: 'z', floor: 1 } }])
  // @ts-expect-error what has no default is required
  db.orders.insert({ note: 'x' })
  // @ts-expect-error what is not null takes no null
  db.orders.insert({ customer_id: null })
  // @ts-expect-error generated
  db.orders.insert({ customer_id: '1', words: 'x' })
  // @ts-expect-error identity always
  db.customers.insert({ id: '1', name: 'x', email: 'y' })
  // @ts-expect-error a column that this role may not write
  db.customers.insert({ name: 'x', email: 'y', secret: 'z' })
  // @ts-expect-error no such column
  db.orders.insert({ customer_id: '1', notte: 'x' })
  // @ts-expect-error no such column, in the second row
  db.orders.insert([{ customer_id: '1' }, { customer_id: '1', notte: 'x' }])
  // @ts-expect-error what may not be read does not come back
  db.customers.update({ name: 'x' }).all().returning('secret')
  db.orders.upsert({ customer_id: '1', number: 'x' }, { onConflict: ['number'] })
  // @ts-expect-error no unique key
  db.orders.upsert({ customer_id: '1' }, { onConflict: ['note'] })
  db.order_labels.upsert({ order_id: 1, label_id: 1 }, { onConflict: ['label_id', 'order_id'] })
  // @ts-expect-error a part of a key is none
  db.order_labels.upsert({ order_id: 1, label_id: 1 }, { onConflict: ['label_id'] })
  // @ts-expect-error the role may not delete these
  db.customers.delete()
  // @ts-expect-error a view that cannot be written
  db.order_totals.insert({})
  await db.orders.update({ note: null }).where({ id: 1 })
  await db.orders.update({ note: null }).or({ id: 1 }, { id: 2 }).returning('id').maxAffected(2)
  await db.orders.update({ note: null }).all().maxAffected(2).rollback()
  await db.orders
    .delete()
    .where({ id: 1 })
    .returning('id')
    .embed({ customer: ['name'] })
    .maxAffected(2)
    .one()
  await db.customers.insert({ name: 'x', email: 'y' }).rollback()
  // @ts-expect-error servers bound updates and deletes only
  db.customers.insert({ name: 'x', email: 'y' }).maxAffected(2)
  // @ts-expect-error nor where rows come back
  db.orders.insert({ customer_id: '1' }).returning('id').maxAffected(2)
  // @ts-expect-error an upsert inserts
  db.orders.upsert({ customer_id: '1', number: 'x' }, { onConflict: ['number'] }).maxAffected(2)
  await db.orders.delete().all()
  // @ts-expect-error of all rows, without saying so
  await db.orders.update({ note: null })
  // @ts-expect-error of all rows, without saying so
  await db.orders.delete()
  // @ts-expect-error not before it is said which rows
  db.orders.delete().returning('id')
  // @ts-expect-error conditions of writes are about columns: the API does not look at related rows
  db.orders.delete().where({ lines: 'none' })
  // @ts-expect-error nor inside of others
  db.orders.update({ note: null }).where({ $or: [{ id: 1 }, { lines: 'none' }] })
  await db.inbox.delete().all()
  // @ts-expect-error nothing can be read there, so nothing filtered
  db.inbox.delete().where({ id: 1 })
  // @ts-expect-error nor selected
  db.inbox.select('id')
}

export async function functions() {
  is<Equal<Awaited<ReturnType<typeof db.rpc.add>>, number | null>>()
  is<Equal<Awaited<ReturnType<typeof db.rpc.exacts>>, string[]>>()
  db.rpc.add({ a: 1 })
  // @ts-expect-error a required argument
  db.rpc.add({ b: 1 })
  // @ts-expect-error no such argument
  db.rpc.add({ a: 1, c: 1 })
  // @ts-expect-error of the wrong type
  db.rpc.add({ a: 'x' })
  // @ts-expect-error no such function
  db.rpc.subtract({ a: 1 })
  const found = await db.rpc
    .find_orders({ term: 'x' })
    .select('id')
    .embed({ customer: ['name'] })
    .where({ id: 1 })
  is<Equal<Flat<typeof found>, { id: number; customer: { name: string } | null }[]>>()
  const row = await db.rpc.split({ value: 1 })
  is<Equal<Flat<typeof row>, { half: number | null; rest: number | null }>>()
  const order = await db.rpc.order_of({ id: 1 }).select('id', 'note')
  is<Equal<typeof order, { id: number; note: string | null } | null>>()
  db.rpc.store([{ a: 1 }])
  // @ts-expect-error JSON that is neither an object nor a list of them never arrives
  db.rpc.store('a')
  const first = await db.rpc.pick({ a: 1 })
  is<Equal<typeof first, string | null>>()
  const second = await db.rpc.pick({ b: 'x' }).select('label')
  is<Equal<Flat<typeof second>, { label: string }[]>>()
}

export function rights() {
  is<Equal<typeof can.customers.delete, false>>()
  is<Equal<typeof can.orders.delete, true>>()
  const archived = db.schema('archive').orders.select('year')
  is<Equal<Flat<Awaited<typeof archived>>, { year: number }[]>>()
  // @ts-expect-error no such schema
  db.schema('hidden')
}

export async function outcomes() {
  const updated = await db.orders.update({ note: 'x' }).where({ id: 1 })
  is<Equal<typeof updated, number>>()
  const inserted = await db.orders.insert({ customer_id: '1' })
  is<Equal<typeof inserted, void>>()
  const changed = await db.orders.update({ note: 'x' }).where({ id: 1 }).returning('id')
  is<Equal<Flat<typeof changed>, { id: number }[]>>()
  const written = await db.orders.insert({ customer_id: '1' }).withResponse()
  is<Equal<typeof written.affected, number | null>>()
  is<Equal<typeof written.location, string | null>>()
  const read = await db.orders.select('id').withResponse()
  is<Equal<typeof read.status, number>>()
  is<Equal<Flat<typeof read.data>, { id: number }[]>>()
  // @ts-expect-error a read hits no rows
  read.affected
  const caught = await db.orders.select('id').catch(() => null)
  is<Equal<Flat<NonNullable<typeof caught>>, { id: number }[]>>()
  db.orders.select('id').finally(() => {})
  db.reset()
  db.with({ user: () => null, deadline: 5000, token: keepToken(async () => 'token'), post: true })
  // @ts-expect-error no such option
  db.with({ prefixUrl: 'http://other' })
  is<Equal<ReturnType<typeof constraintOf>, string | null>>()
  constraintOf(new Error('any') as unknown)
}

export function queries() {
  queryOptions(db.orders.select('id').one())
  queryOptions(db.orders.select('id').count())
  // @ts-expect-error a write is no query
  queryOptions(db.orders.insert({ customer_id: '1' }))
  // @ts-expect-error nor one that gives rows back
  queryOptions(db.orders.update({ note: 'x' }).all().returning('id'))
  // @ts-expect-error nor one of them
  queryOptions(db.orders.delete().all().returning('id').one())
  reading(db.orders, db.customers)
}

export function abilities() {
  is<Equal<typeof can.orders.update, true>>()
  is<(typeof can.orders.columns.select)[number] extends keyof OrdersRow ? true : false>()
  is<'note' extends (typeof can.orders.columns.update)[number] ? true : false>()
  is<Equal<typeof can.rpc.pick, true>>()
  // @ts-expect-error it is frozen
  can.orders.update = true
}

export async function errors() {
  const { error } = await db.orders.select('id').result()
  if (isUnauthorized(error) || isTimeout(error) || isUnavailable(error) || isNotFound(error)) return
  // What is none of these is an error all the same.
  if (error !== null) is<Equal<typeof error, ApiError>>()
}
