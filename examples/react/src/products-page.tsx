import { queryOptions, reading } from '@rolecast/client/tanstack'
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { customer, visitor } from './clients.js'
import { Filters } from './filters.jsx'
import { order } from './order-forms.js'
import { firstPage, type Product, pageSize, productList } from './product-list.js'
import { currentSession } from './session.js'

/** The list: filters, products, pages. */
export function ProductsPage({ onOrder }: { readonly onOrder: () => void }) {
  const [choices, setChoices] = useState(firstPage)
  const { data, error } = useQuery({ ...queryOptions(productList(choices)), placeholderData: keepPreviousData })
  const queries = useQueryClient()
  const ordering = useMutation({
    mutationFn: async (id: number) => order(id),
    onSuccess: async () => {
      await queries.invalidateQueries(reading(customer.orders, visitor.products))
      onOrder()
    },
  })
  const pages = Math.max(1, Math.ceil((data?.count ?? 0) / pageSize))
  const page = (to: number) => setChoices({ ...choices, page: to })

  return (
    <>
      <Filters choices={choices} onChange={(change) => setChoices({ ...choices, page: 0, ...change })} />
      <p role="status">{data ? `${data.count} products` : 'Looking …'}</p>
      {(error ?? ordering.error) && <p role="alert">{(error ?? ordering.error)?.message}</p>}
      <ul className="products">
        {data?.rows.map((product) => (
          <ProductCard
            key={product.id}
            product={product}
            onOrder={() => (currentSession() ? ordering.mutate(product.id) : onOrder())}
          />
        ))}
      </ul>
      <nav className="pages" aria-label="Pages">
        <button type="button" disabled={choices.page === 0} onClick={() => page(choices.page - 1)}>
          ← Previous
        </button>
        <span>
          Page {choices.page + 1} of {pages}
        </span>
        <button type="button" disabled={choices.page + 1 >= pages} onClick={() => page(choices.page + 1)}>
          Next →
        </button>
      </nav>
    </>
  )
}

function ProductCard({ product, onOrder }: { readonly product: Product; readonly onOrder: () => void }) {
  const { name, description, price, stock, category } = product
  return (
    <li>
      <small>{category?.name}</small>
      <h2>{name}</h2>
      <p>{description}</p>
      <footer>
        <span className="price">€ {price}</span>
        <span className={stock > 0 ? 'stock' : 'stock none'}>{stock > 0 ? `${stock} in stock` : 'Sold out'}</span>
        <button type="button" disabled={stock === 0} onClick={onOrder} aria-label={`Order ${name}`}>
          Order
        </button>
      </footer>
    </li>
  )
}
