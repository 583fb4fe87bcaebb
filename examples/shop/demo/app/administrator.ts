import type { Db } from '../../generated/tenant_admin/index.js'
import type { Story } from './story.js'

/** What the administrator of a business account does: Olga, of acme. */
export async function administer(shop: Db, story: Story): Promise<void> {
  const due = await shop.invoices.select('id', 'amount', 'issued_on').where({ paid_on: null }).order('issued_on')
  for (const { id, amount, issued_on } of due) {
    await shop.invoices.update({ reference: `OLGA-${id}` }).where({ id })
    story.tell(`invoice of ${issued_on}, ${amount} euros, not paid yet: noted`)
  }
  const members = await shop.members
    .select('title')
    .embed({ user: ['name'] })
    .order('joined_on')
  story.tell(`members: ${members.map(({ title, user }) => `${user?.name} (${title})`).join(', ')}`)
  const gone = await shop.projects.delete().where({ name: 'Tea corner' }).returning('name').maxAffected(1)
  story.tell(`takes back: ${gone.map(({ name }) => name).join(', ')}`)
}
