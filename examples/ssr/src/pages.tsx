import type { Row } from '@rolecast/client'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { customer, visitor } from './clients.js'

const bestsellers = visitor.bestsellers.select('id', 'name', 'price', 'sold').order('sold', 'desc').limit(10)

// No condition says whose: row-level security shows each customer their own.
const orders = customer.orders
  .select('id', 'status', 'total')
  .embed({ customer: ['name'], lines: customer.lines.select('qty').embed({ product: ['name'] }) })
  .order('id', 'desc')

/** What everybody sees. */
export async function homePage(): Promise<string> {
  const products = await bestsellers
  return page(
    <ul>
      {products.map(({ id, name, price, sold }) => (
        <li key={id}>
          {name}, € {price}, sold {sold} times
        </li>
      ))}
    </ul>,
  )
}

/** What the customer of this request has ordered. */
export async function ordersPage(): Promise<string> {
  return page(<Orders orders={await orders} />)
}

function Orders({ orders: all }: { readonly orders: readonly Row<typeof orders>[] }) {
  return all.map(({ id, status, total, customer, lines }) => (
    <article key={id}>
      <h2>
        Order {id} of {customer?.name}
      </h2>
      <p>
        {status}, € {total}: {lines.map(({ qty, product }) => `${qty} × ${product?.name}`).join(', ')}
      </p>
    </article>
  ))
}

const page = (content: ReactNode): string =>
  `<!doctype html>${renderToString(
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>The shop</title>
      </head>
      <body>{content}</body>
    </html>,
  )}`
