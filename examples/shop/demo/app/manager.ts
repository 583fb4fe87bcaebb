import type { Db } from '../../generated/manager/index.js'
import { refused, type Story } from './story.js'

/** What a manager does: Mona. */
export async function manage(shop: Db, story: Story): Promise<void> {
  const report = await shop.rpc.sales_report({ since: '2026-01-01', until: '2026-01-31' })
  story.tell('sales of January:')
  story.show(report)

  const thin = await shop.products
    .select('id', 'name', 'price', 'cost', 'margin')
    .embed({ supplier: ['name', 'country'] })
    .where({ discontinued_at: null, cost: { gt: '15' } })
    .order('price', 'desc')
    .limit(3)
  story.tell('the dearest products, with what only managers see:')
  story.show(thin.map(({ supplier, ...product }) => ({ ...product, supplier: supplier?.name })))

  const [dearer] = await shop.products
    .update({ price: '15.40' })
    .where({ slug: 'night-owl' })
    .returning('name', 'price')
  story.tell(`${dearer?.name} is ${dearer?.price} euros from now on`)
  await shop.rpc.discontinue_product({ product_id: 12 })
  story.tell('product 12 is no longer sold')

  const paid = await shop.orders.select('id').where({ status: 'paid' }).order('id').limit(2)
  const sent = await shop.orders
    .update({ status: 'shipped' })
    .where({ id: paid.map(({ id }) => id) })
    .returning('id', 'status')
  story.tell(`sends ${sent.map(({ id }) => `order ${id}`).join(' and ')}`)
  await refused(story, 'to reopen one', shop.orders.update({ status: 'open' }).where({ id: sent.map(({ id }) => id) }))
}
