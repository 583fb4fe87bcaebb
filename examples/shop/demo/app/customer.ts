import type { Db } from '../../generated/app_user/index.js'
import { refused, type Story } from './story.js'

/** What a customer does: Ada, of the business account acme. */
export async function shopAround(shop: Db, story: Story): Promise<void> {
  const me = await shop.schema('v1').account.select('id', 'full_name').one()

  const placed = await shop.rpc
    .place_order({
      items: [
        { product_id: 1, qty: 2 },
        { product_id: 14, qty: 1 },
      ],
      note: 'For the office',
    })
    .select('id', 'total', 'status')
  if (placed === null) throw new Error('No order came back.')
  story.tell(`${me.full_name} orders: number ${placed.id}, ${placed.total} euros, ${placed.status}`)

  const [parcel] = await shop.orders.insert({ note: 'Step by step', ship_to: 'Vienna' }).returning('id')
  if (parcel === undefined) throw new Error('No order came back.')
  await shop.lines.insert([
    { order_id: parcel.id, product_id: 24 },
    { order_id: parcel.id, product_id: 43, qty: 4 },
  ])
  await shop.lines.update({ qty: 6 }).where({ order_id: parcel.id, product_id: 43 })
  const total = await shop.rpc.calculate_total({ order_id: parcel.id })
  story.tell(`another one, line by line: ${total} euros; the prices are the database's`)

  await refused(story, 'to declare it paid', shop.orders.update({ status: 'paid' }).where({ id: parcel.id }))
  const [cancelled] = await shop.orders.update({ status: 'cancelled' }).where({ id: parcel.id }).returning('status')
  story.tell(`changes her mind: it is ${cancelled?.status}`)

  const orders = await shop.orders
    .select('id', 'total', 'item_count')
    .embed({
      customer: ['name'],
      lines: shop.lines
        .select('qty')
        .embed({ product: ['name'] })
        .order('qty', 'desc'),
    })
    .where({ status: ['open', 'shipped'], total: { gte: '60' } })
    .order('created_at', 'desc')
    .limit(3)
  story.tell('her latest orders from 60 euros:')
  story.show(
    orders.map(({ id, total, item_count, customer, lines }) => ({
      id,
      total,
      items: item_count,
      customer: customer?.name,
      products: lines.map(({ qty, product }) => `${qty} ${product?.name ?? 'no longer sold'}`).join(', '),
    })),
  )

  await chat(shop, story, me.id ?? '')
  await plan(shop, story)
}

async function chat(shop: Db, story: Story, me: string): Promise<void> {
  const friend = await shop.profiles
    .select('id', 'name')
    .where({ name: { ilike: 'rosa*' }, listed: true })
    .one()
  await shop.chat.insert({
    message_to: friend.id,
    message_subject: 'Sencha',
    message_body: 'Shall we order a kilo together?',
  })
  await refused(
    story,
    `to write to oneself as ${friend.name}`,
    shop.chat.insert({ message_from: friend.id, message_to: me, message_subject: 'Yes' }),
  )
  const messages = await shop.chat
    .select('message_subject', 'message_time')
    .embed({ sender: ['name'], recipient: ['name'] })
    .order('message_time', 'desc')
    .limit(3)
  // Row-level security hides profiles that are not listed, so the types say that a sender may be null.
  const unlisted = 'somebody unlisted'
  for (const { sender, recipient, message_subject } of messages) {
    story.tell(`message from ${sender?.name ?? unlisted} to ${recipient?.name ?? unlisted}: ${message_subject}`)
  }
  const [profile] = await shop.profiles
    .update({ interests: ['tea', 'garden'], settings: { language: 'de', theme: 'dark' } })
    .where({ id: me })
    .returning('interests')
  story.tell(`her interests are now ${profile?.interests.join(' and ')}`)
}

async function plan(shop: Db, story: Story): Promise<void> {
  const project = await shop.projects
    .insert({ name: 'Tea corner', period: '[2026-06-01,2026-07-01)', labels: ['tea'], budget: '800' })
    .returning('id', 'tenant_id')
    .one()
  await shop.tasks.insert({ project_id: project.id, title: 'Find a shelf', due_on: '2026-06-10' })
  const projects = await shop.projects
    .select('name', 'period')
    .embed({
      tasks: shop.tasks
        .select('title')
        .where({ state: { neq: 'done' } })
        .order('due_on'),
    })
    .where({ period: { ov: '[2026-03-01,2026-12-31]' } })
    .order('id')
  for (const { name, tasks } of projects) {
    story.tell(`${project.tenant_id}, ${name}: ${tasks.map(({ title }) => title.toLowerCase()).join(', ')}`)
  }
}
