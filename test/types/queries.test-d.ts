import type { Conditions, Insert, Row, Selectable, TableWith, Update } from '@rolecast/client'
import {
  createClient,
  type OrdersFilter,
  type OrdersInsert,
  type OrdersRow,
  type OrdersUpdate,
} from '../client/generated/clerk/index.js'
import { type Equal, type Flat, is } from './expect.test-d.js'

const db = createClient({ url: 'http://localhost' })
declare const flag: boolean
declare const text: string | undefined

export async function steps() {
  let query = db.orders.select('id')
  if (flag) query = query.where({ id: 1 })
  if (flag) query = query.or({ id: 1 }, { note: 'x' }).not({ paid: true }).order('id').limit(3).offset(1)
  if (flag) query = query.inner()
  query = query.where(flag && { id: 1 }, text && { note: { ilike: text } }, undefined, null)
  const filters: NonNullable<Parameters<typeof query.where>[0]>[] = [{ id: 1 }, { note: null }]
  query = query.where(...filters)
  query = filters.reduce((built, filter) => built.where(filter), query)
  is<Equal<Flat<Awaited<typeof query>>, { id: number }[]>>()
  let columns = db.rpc.find_orders({ term: 'x' }).select('id')
  if (flag) columns = columns.where({ id: 1 }).limit(1)
  // @ts-expect-error a write must not lose a condition
  db.orders.delete().where(flag && { id: 1 })
  const inBuilt = await db.order_lines.select('no').embed({ order: query })
  is<Equal<Flat<typeof inBuilt>, { no: number; order: { id: number } | null }[]>>()
}

export async function chosenAtRunTime() {
  const columns = ['id', 'note'] as ('id' | 'note')[]
  const some = await db.orders.select(...columns)
  is<Equal<Flat<typeof some>, { id?: number; note?: string | null }[]>>()
  const either = await db.orders.select('total', flag ? 'id' : 'note')
  is<Equal<Flat<typeof either>, { total: string; id?: number; note?: string | null }[]>>()
  const more = await db.orders.select('total', ...columns)
  is<Equal<Flat<typeof more>, { total: string; id?: number; note?: string | null }[]>>()
  const listed = await db.orders.select('id').embed({ customer: flag ? ['name'] : ['email'], lines: ['qty'] })
  is<Equal<(typeof listed)[number]['lines'], { qty: number }[]>>()
  const returned = await db.orders.insert({ customer_id: '1' }).returning(...columns)
  is<Equal<Flat<typeof returned>, { id?: number; note?: string | null }[]>>()
}

export async function names() {
  const query = db.orders.select('id', 'note')
  // @ts-expect-error a column has this name
  query.text({ id: ['meta', 'x'] })
  // @ts-expect-error
  query.json({ note: ['meta', 'x'] })
  // @ts-expect-error
  query.aggregate({ id: 'count' })
  // @ts-expect-error
  query.embed({ customer: ['name'] }).embed({ customer: ['id'] })
  // @ts-expect-error both have a name
  query.spread('customer', ['name']).spread('handler', ['name'])
  // @ts-expect-error
  query.spread('customer', ['id'])
  const both = await query.spread('customer', ['name']).spread('handler', db.customers.select({ handled_by: 'name' }))
  is<Equal<Flat<typeof both>, { id: number; note: string | null; name: string | null; handled_by: string | null }[]>>()
  const renamed = await db.orders.select('id', { nr: 'number', sum: 'total' })
  is<Equal<Flat<typeof renamed>, { id: number; nr: string | null; sum: string }[]>>()
  const all = await db.orders.select('*', 'summary')
  is<Equal<Flat<typeof all>[number]['summary'], string | null>>()
  is<Equal<Flat<typeof all>[number]['total'], string>>()
  db.orders.select('id', { nr: 'id' }, '*', 'id')
  // @ts-expect-error two columns called id
  db.orders.select('id', { id: 'note' })
  // @ts-expect-error
  db.orders.select({ sum: 'total' }, { sum: 'id' })
  // @ts-expect-error
  db.orders.select('*', { id: 'note' })
  // @ts-expect-error
  db.orders.insert({ customer_id: '1' }).returning('id', { id: 'note' })
  // @ts-expect-error
  db.rpc.find_orders({ term: 'x' }).select('note', { note: 'id' })
  // @ts-expect-error no such column
  db.orders.select({ nr: 'nummber' })
  // @ts-expect-error
  db.orders.select('id', 'nummber')
}

export function documents() {
  const query = db.orders.select('id')
  query.where({ meta: { path: ['size', 'w'], gte: 2, lt: 9n, not: { eq: 'x' } } })
  query.where({ meta: { path: ['paid'], eq: true } })
  query.where({ meta: { path: ['tags', 0], in: ['a', 1], ilike: 'a*' } })
  // @ts-expect-error no such comparison
  query.where({ meta: { path: ['a'], gte: null } })
}

export function dates() {
  const now = new Date()
  db.orders.select('id').where({ created_at: { lt: now, in: [now, 'x'] } }, { created_at: now })
  db.orders.insert({ customer_id: '1', created_at: now })
  db.orders.update({ created_at: now }).where({ created_at: [now] })
  // @ts-expect-error no moment
  db.orders.insert({ customer_id: '1', note: now })
}

export function helperTypes() {
  const query = db.orders.select('id').embed({ customer: ['name'] })
  is<Equal<Row<typeof query>, { id: number; customer: { name: string } | null }>>()
  const [one, maybe, counted] = [query.one(), query.maybe(), query.withCount()] as const
  is<Equal<Row<typeof one>, Row<typeof query>>>()
  is<Equal<Row<typeof maybe>, Row<typeof query>>>()
  is<Equal<Row<typeof counted>, Row<typeof query>>>()
  is<Equal<Insert<typeof db.orders>, OrdersInsert>>()
  is<Equal<Update<typeof db.orders>, OrdersUpdate>>()
  is<Equal<Conditions<typeof db.orders>, OrdersFilter>>()
  is<Equal<(typeof db.orders.columns)[number], keyof Row<ReturnType<typeof allOrders>>>>()
  // @ts-expect-error this role does not update them
  is<Equal<Update<typeof db.labels>, object>>()
}

export async function embedsByAlias() {
  const hit = db.order_lines.as('hit').where({ qty: 2 }).inner().via('lines')
  const both = await db.orders.select('id').embed({ shown: db.order_lines.select('qty').via('lines'), hit })
  is<Equal<Flat<typeof both>, { id: number; shown: { qty: number }[] }[]>>()
  const mixed = await db.orders.select('id').embed({ customer: ['name'], more: db.labels.select('id') })
  is<Equal<Flat<typeof mixed>, { id: number; customer: { name: string } | null; more: { id: number }[] }[]>>()
  const by = await db.orders.select('id').embed({ by: db.customers.select('name').via('handler') })
  is<Equal<Flat<typeof by>, { id: number; by: { name: string } | null }[]>>()
  const line = db.order_lines.select('qty').via('lines')
  const narrowed = await db.orders.select('id').embed({ line: line.where({ qty: 2 }).limit(1).inner() })
  is<Equal<Flat<typeof narrowed>, { id: number; line: { qty: number }[] }[]>>()
  // @ts-expect-error the name of one relationship, and the query says another
  db.orders.select('id').embed({ handler: db.customers.select('name').via('customer') })
  // @ts-expect-error it leads to another relation
  db.orders.select('id').embed({ shown: db.order_lines.select('no').via('customer') })
  // @ts-expect-error one row is nothing to embed
  db.orders.select('id').embed({ shown: line.one() })
  // @ts-expect-error nor is what a function returns
  db.orders.select('id').embed({ shown: db.rpc.find_orders({ term: 'x' }).via('lines') })
  // @ts-expect-error no such column, beside another name
  db.orders.select('id').embed({ customer: ['nname'], line })
  // @ts-expect-error the name is taken, beside another one
  db.orders.select('id').embed({ id: line, line })
  // @ts-expect-error two relationships lead there
  db.orders.select('id').embed({ by: db.customers.select('name') })
  // @ts-expect-error no relationship leads there
  db.order_lines.select('no').embed({ shown: db.labels.select() })
  // @ts-expect-error the name is taken
  db.orders.select('id').embed({ id: db.order_lines.select('no') })
  // @ts-expect-error a list of columns says no relation
  db.orders.select('id').embed({ shown: ['qty'] })
}

export async function oneRow() {
  const order = await db.rpc.order_of({ id: 1 })
  is<Equal<typeof order, OrdersRow | null>>()
  const named = await db.rpc.order_of({ id: 1 }).select({ nr: 'id' }, 'note')
  is<Equal<Flat<NonNullable<typeof named>>, { nr: number; note: string | null }>>()
  // @ts-expect-error there may be no row
  named.nr
  const note = await db.rpc.order_of({ id: 1 }).select('note')
  is<Equal<Flat<typeof note>, { note: string | null }>>()
}

const byId = <T extends TableWith<'id'>>(relation: Selectable<T>, id: T['filter']['id']) =>
  relation.select().where({ id }).maybe()
const idsOf = async <T extends TableWith<'id' | 'name'>>(relation: Selectable<T>) =>
  (await relation.select('id', 'name').limit(5)).map(({ id }) => id)

export async function severalTables() {
  const order = await byId(db.orders, 1)
  is<Equal<typeof order, Flat<OrdersRow> | null>>()
  const customer = await byId(db.customers, ['1', '2'])
  is<Equal<NonNullable<typeof customer>['id'], string>>()
  idsOf(db.customers)
  // @ts-expect-error it has no id
  byId(db.order_lines, 1)
  // @ts-expect-error its id is another
  byId(db.orders, true)
  // @ts-expect-error orders have no name
  idsOf(db.orders)
}

const allOrders = () => db.orders.select()
