import type { Row } from '@rolecast/client'
import { LinesInsert, LinesUpdate, OrdersUpdate } from './api/app_user/zod.js'
import { customer } from './clients.js'
import { type Problems, submit } from './submit.js'

/** The customer's orders, newest first. */
export const orders = customer.orders
  .select('id', 'status', 'total', 'note', 'ship_to', 'created_at', 'item_count')
  .embed({
    lines: customer.lines
      .select('product_id', 'qty', 'amount')
      .embed({ product: ['name'] })
      .order('product_id'),
  })
  .order('id', 'desc')

export type Order = Row<typeof orders>

/** What can be ordered, for a menu. */
export const onSale = customer.products
  .select('id', 'name')
  .where({ stock: { gt: 0 } })
  .order('name')

const rules = {
  lines_qty_check: ['qty', 'At least one'],
  products_stock_check: ['qty', 'We do not have that many'],
  lines_pkey: ['product_id', 'It is in this order already'],
} as const

/** A new order of one product. */
export const order = (productId: number) => customer.rpc.place_order({ items: [{ product_id: productId, qty: 1 }] })

/** Adds a line to an open order. */
export function addLine(orderId: number, form: FormData): Promise<Problems> {
  const line = { order_id: orderId, product_id: Number(form.get('product_id')), qty: Number(form.get('qty')) }
  return submit(LinesInsert, line, (values) => customer.lines.insert(values), rules)
}

/** Changes how many of a product are ordered. */
export function changeLine(orderId: number, productId: number, form: FormData): Promise<Problems> {
  return submit(
    LinesUpdate,
    { qty: Number(form.get('qty')) },
    (values) => customer.lines.update(values).where({ order_id: orderId, product_id: productId }),
    rules,
  )
}

export const removeLine = (orderId: number, productId: number) =>
  customer.lines.delete().where({ order_id: orderId, product_id: productId })

/** Changes the customer's words to the shop, and where to ship to. */
export function changeOrder(orderId: number, form: FormData): Promise<Problems> {
  const words = { note: form.get('note') || null, ship_to: form.get('ship_to') || null }
  return submit(OrdersUpdate, words, (values) => customer.orders.update(values).where({ id: orderId }), {})
}

export const cancel = (orderId: number) => customer.orders.update({ status: 'cancelled' }).where({ id: orderId })
