import type { Call } from '@rolecast/client'
import { queryOptions, reading } from '@rolecast/client/tanstack'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { customer, visitor } from './clients.js'
import { Field, Form } from './form.jsx'
import { addLine, cancel, changeLine, changeOrder, type Order, onSale, orders, removeLine } from './order-forms.js'

/** The customer's orders; open ones can be changed. */
export function OrdersPage() {
  const { data, error } = useQuery(queryOptions(orders))
  if (error) return <p role="alert">{error.message}</p>
  if (data?.length === 0) return <p role="status">No orders yet.</p>
  return data?.map((order) => <OrderCard key={order.id} order={order} />)
}

function OrderCard({ order }: { readonly order: Order }) {
  const { id, status, total, item_count, note, ship_to, lines } = order
  const products = useQuery(queryOptions(onSale))
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries(reading(customer.orders, customer.lines, visitor.products))
  const change = useMutation({ mutationFn: async (call: Call<unknown>) => call, onSuccess: refresh })
  const isOpen = status === 'open'

  return (
    <article aria-label={`Order ${id}`}>
      <header>
        <h2>Order {id}</h2>
        <span className={`status ${status}`}>{status}</span>
        <span className="price">
          {item_count} items, € {total}
        </span>
        {isOpen && (
          <button type="button" onClick={() => change.mutate(cancel(id))}>
            Cancel it
          </button>
        )}
      </header>
      {change.error && <p role="alert">{change.error.message}</p>}
      <ul className="lines">
        {lines.map(({ product_id, qty, amount, product }) => (
          <li key={product_id}>
            <span>{product?.name ?? 'No longer sold'}</span>
            {isOpen ? (
              <Form
                label={`Quantity of ${product?.name}`}
                send={(form) => changeLine(id, product_id, form)}
                onDone={refresh}
              >
                <Field name="qty" label="Quantity" type="number" defaultValue={qty} />
                <button type="submit">Change</button>
                <button type="button" onClick={() => change.mutate(removeLine(id, product_id))}>
                  Remove
                </button>
              </Form>
            ) : (
              <span>× {qty}</span>
            )}
            <span className="price">€ {amount}</span>
          </li>
        ))}
      </ul>
      {isOpen && (
        <>
          <Form label="Add a product" send={(form) => addLine(id, form)} onDone={refresh}>
            <Field name="product_id" label="Product" options={products.data ?? []} />
            <Field name="qty" label="Quantity" type="number" defaultValue={1} />
            <button type="submit">Add</button>
          </Form>
          <Form label="Shipping" send={(form) => changeOrder(id, form)} onDone={refresh}>
            <Field name="ship_to" label="Ship to" defaultValue={ship_to ?? ''} />
            <Field name="note" label="Note to the shop" defaultValue={note ?? ''} />
            <button type="submit">Save</button>
          </Form>
        </>
      )}
    </article>
  )
}
