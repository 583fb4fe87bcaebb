import { type CustomersRow, type can, createClient } from '../client/generated/visitor/index.js'
import { type Equal, type Flat, is } from './expect.test-d.js'

const db = createClient({ url: 'http://localhost' })

export async function visitor() {
  is<Equal<Flat<CustomersRow>, { id: string; name: string }>>()
  const tree = await db.categories.select('name').embed({ parent: ['name'], products: ['price'] })
  is<Equal<Flat<typeof tree>, { name: string; parent: { name: string } | null; products: { price: string }[] }[]>>()
  await db.inbox.insert({ message: 'x' })
  await db.rpc.add({ a: 1 })
  // @ts-expect-error without SELECT nothing comes back
  db.inbox.insert({ message: 'x' }).returning('id')
  // @ts-expect-error columns of other roles
  db.customers.select('email')
  // @ts-expect-error relations of other roles
  db.orders
  // @ts-expect-error verbs of other roles
  db.customers.insert({ name: 'x' })
  // @ts-expect-error relationships to what the role cannot read
  db.customers.select('id').embed({ profile: ['bio'] })
  // @ts-expect-error functions of other roles
  db.rpc.exact()
  // @ts-expect-error one schema
  db.schema('archive')
  is<Equal<keyof typeof can, 'categories' | 'customers' | 'inbox' | 'products' | 'rpc'>>()
}
