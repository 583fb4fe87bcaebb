// An app with a client of its own: helpers, parameters, steps built up by conditions, constants, enums, spreads.
import type { Conditions, ConnectOptions, Selectable, TableWith } from '@rolecast/client'
import { createClient as createClerk, type Db, statusLabels } from '../../client/generated/clerk/index.js'
import { createClient as createVisitor } from '../../client/generated/visitor/index.js'

const listed = ['id', 'number', 'status'] as const
const paging = { size: 2 }
enum Field {
  Total = 'total',
  Note = 'note',
}

/** Steps that depend on what is asked. */
export function search(
  db: Db,
  { term, newest, withCustomer }: { term?: string; newest?: boolean; withCustomer: boolean },
) {
  let query = db.orders.select(...listed, Field.Total)
  if (term !== undefined) query = query.where({ note: { ilike: `*${term}*` } })
  if (newest) query = query.order('created_at', 'desc')
  return withCustomer ? query.embed({ customer: ['name'] }) : query
}

/** Which rows is the callers' to say: more narrowly than the type of the parameter. */
function countOrders(db: Db, which: Conditions<Db['orders']>) {
  return db.orders.select('id').where(which).count()
}

/** Of any relation that has an id. */
const byId = <T extends TableWith<'id'>>(relation: Selectable<T>, id: T['filter']['id']) =>
  relation.select('id').where({ id }).maybe()

async function place(db: Db, customer: string): Promise<number> {
  const defaults = { status: 'open', total: '0' } as const
  const [order] = await db.orders.insert({ ...defaults, customer_id: customer, number: 'N-1' }).returning('id')
  if (order === undefined) throw new Error('No order came back.')
  const lines = [1, 2].map((product, index) => ({ order_id: order.id, no: index + 1, product_id: product, qty: 1 }))
  await db.order_lines.insert(lines)
  await db.order_lines.upsert({ order_id: order.id, no: 1, product_id: 1, qty: 3 })
  return order.id
}

async function change(db: Db, id: number, note: string | null): Promise<void> {
  const changes = { status: statusLabels[1], ...(note === null ? {} : { note }) }
  await db.orders.update(changes).where({ id })
  await db.order_labels.insertOrIgnore({ order_id: id, label_id: 1 })
  const lines = await db.order_lines.delete().where({ order_id: id, no: 2 }).returning('qty')
  if (lines.length !== 1) throw new Error('No line was deleted.')
}

async function report(db: Db): Promise<void> {
  await db.orders.select('status').aggregate({ revenue: { sum: 'total' }, orders: 'count' })
  await db.orders
    .select('id')
    .embed({ lines: db.order_lines.select('qty').embed({ product: ['name'] }), labels: ['label'] })
    .where({ $or: [{ paid: true }, { total: { gte: '100' } }], lines: 'some' })
  for await (const page of db.products.select('name').pages(paging.size))
    if (page.length === 0) throw new Error('Empty.')
  await db.rpc
    .search_customers({ term: 'A%' })
    .select('id')
    .where({ email: { like: '*@*' } })
  await db.rpc.add({ a: 1 })
  await db.schema('archive').orders.select('year').where({ id: 1 }).one()
}

/** Everything that the app does, as its two roles. */
export async function run(connection: ConnectOptions, token: () => Promise<string>): Promise<void> {
  const visitor = createVisitor(connection)
  await visitor.products
    .select('name')
    .embed({ category: ['name'] })
    .order('price')
  await visitor.inbox.insert({ message: 'Hello' })
  await visitor.rpc.search_customers({ term: 'Ada%' }).select('name')

  const clerk = createClerk({ ...connection, token })
  await search(clerk, { term: 'tea', withCustomer: true })
  await search(clerk, { newest: true, withCustomer: false })
  await countOrders(clerk, { handler_id: null })
  await countOrders(clerk, { number: { like: 'A*' } })
  const ada = await byId(clerk.customers, '1')
  await byId(clerk.labels, 1)
  const id = await place(clerk, ada?.id ?? '')
  await change(clerk, id, 'by the river')
  await move(clerk)
  await report(clerk)
}

async function move(db: Db): Promise<void> {
  await db.customers.update({ home: { street: 'Ring 2', city: 'Vienna', floor: 1 } }).where({ name: 'Ada' })
}
