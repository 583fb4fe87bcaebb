// What Kysely makes of a role's `kysely.ts`.
import type { Insertable, Kysely, Selectable, Updateable } from 'kysely'
import type { CustomersTable, DB, Json, LabelsTable, OrdersTable } from '../../client/generated/clerk/kysely.js'
import type { DB as VisitorsDb } from '../../client/generated/visitor/kysely.js'
import { type Equal, type Flat, is } from '../expect.test-d.js'

declare const db: Kysely<DB>
declare const visitor: Kysely<VisitorsDb>

type Status = 'open' | 'paid' | 'on hold'

export async function reading() {
  const rows = await db
    .selectFrom('orders')
    .innerJoin('customers', 'customers.id', 'orders.customer_id')
    .select([
      'orders.id',
      'orders.total',
      'orders.status',
      'orders.created_at',
      'orders.bigs',
      'customers.name as buyer',
    ])
    .where('orders.status', 'in', ['open', 'paid'])
    .orderBy('orders.created_at', 'desc')
    .execute()
  type Row = {
    id: number
    total: string
    status: Status
    created_at: Date
    bigs: string[] | null
    buyer: string
  }
  is<Equal<(typeof rows)[number]['created_at'], Date>>()
  is<Equal<Omit<(typeof rows)[number], 'created_at'>, Omit<Row, 'created_at'>>>()
  const document = await db.selectFrom('orders').select('meta').executeTakeFirst()
  is<Equal<NonNullable<typeof document>['meta'], Json>>()
  const archived = await db.selectFrom('archive.orders').selectAll().execute()
  is<Equal<Flat<typeof archived>, { id: number; year: number }[]>>()
  // @ts-expect-error no such relation
  db.selectFrom('payroll')
  // @ts-expect-error a column that the role may not read
  db.selectFrom('customers').select('secret')
  // @ts-expect-error no such label
  db.selectFrom('orders').select('id').where('status', '=', 'closed')
  // @ts-expect-error another role's relation
  visitor.selectFrom('orders')
  // @ts-expect-error another role's column
  visitor.selectFrom('customers').select('email')
  // @ts-expect-error another role's schema
  visitor.selectFrom('archive.orders')
  // @ts-expect-error it cannot be read, so nothing compares with it
  visitor.selectFrom('inbox').select('message').where('message', '=', 'x')
}

export async function writing() {
  await db.insertInto('orders').values({ customer_id: '1' }).execute()
  await db
    .insertInto('orders')
    .values([{ customer_id: 1n, meta: JSON.stringify([1]), created_at: new Date(), tags: ['a'], total: 9.9 }])
    .returning('id')
    .executeTakeFirstOrThrow()
  await db
    .updateTable('orders')
    .set({ status: 'paid', note: null, meta: { a: [1] } })
    .where('id', '=', 1)
    .execute()
  await db
    .insertInto('orders')
    .values({ id: 1, customer_id: 1 })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ note: 'again' }))
    .execute()
  await db.deleteFrom('order_lines').where('order_id', '=', 1).execute()
  await visitor.insertInto('inbox').values({ message: 'x' }).execute()
  // @ts-expect-error a column that must be given
  db.insertInto('orders').values({ note: 'x' })
  // @ts-expect-error a generated column
  db.insertInto('orders').values({ customer_id: '1', words: 'x' })
  // @ts-expect-error a generated column
  db.updateTable('orders').set({ words: 'x' })
  // @ts-expect-error an identity that is always generated
  db.insertInto('customers').values({ id: '1', name: 'x', email: 'y' })
  // @ts-expect-error a column that the role may not write
  db.updateTable('customers').set({ secret: 'x' })
  // @ts-expect-error null where there may be none
  db.updateTable('orders').set({ status: null })
  // @ts-expect-error a list is given as text: pg makes an array of PostgreSQL of it
  db.updateTable('orders').set({ meta: [1] })
  // @ts-expect-error the role may not insert
  db.insertInto('labels').values({ id: 1, label: 'x' })
  // @ts-expect-error nor anything at all
  db.insertInto('labels').values({})
  // @ts-expect-error the role may not update
  db.updateTable('labels').set({ label: 'x' })
  // @ts-expect-error a view that takes no row
  db.insertInto('order_totals').values({ order_id: 1 })
  // @ts-expect-error the visitor may not update it
  visitor.updateTable('customers').set({ name: 'x' })
}

type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

export function rows() {
  is<Equal<Selectable<OrdersTable>['status'], Status>>()
  is<Same<Insertable<CustomersTable>, { email: string; name: string; home?: string | null }>>()
  is<
    Same<
      Updateable<CustomersTable>,
      { email?: string | undefined; name?: string | undefined; home?: string | null | undefined }
    >
  >()
  is<Equal<keyof Selectable<LabelsTable>, 'id' | 'label'>>()
}
