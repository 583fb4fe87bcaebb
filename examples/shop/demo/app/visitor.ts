import type { Db } from '../../generated/anon/index.js'
import type { Story } from './story.js'

/** What a visitor does: everything without a token. */
export async function browse(shop: Db, story: Story): Promise<void> {
  const departments = await shop.categories
    .select('name')
    .embed({ shelves: ['name'] })
    .where({ parent_id: null })
    .order('name')
  for (const { name, shelves } of departments) {
    story.tell(`${name}: ${shelves.map((shelf) => shelf.name).join(', ')}`)
  }

  const { rows, count } = await shop.products
    .select('name', 'price', 'stock')
    .embed({ category: ['name'], tags: shop.tags.select('name').order('name') })
    .where({ price: { lte: '30' }, search: { wfts: 'coffee -espresso' } })
    .order('price', 'desc')
    .limit(4)
    .withCount()
  story.tell(`${count} products up to 30 euros are about coffee but not espresso, the dearest first:`)
  story.show(
    rows.map(({ name, price, category, tags }) => ({
      name,
      price,
      shelf: category?.name,
      tags: tags.map((tag) => tag.name).join(', '),
    })),
  )

  const large = await shop.products
    .select('name', 'sizes')
    .where({ sizes: { cs: ['1 kg'] } })
    .or({ attributes: { path: ['roast'], eq: '4' } }, { name: { ilike: 'morning*' } })
    .order('id')
  story.tell(`by the kilo, dark or for the morning: ${large.map(({ name }) => name).join(', ')}`)

  const found = await shop.rpc.search_products({ query: '"green tea" -roasted', max_results: 3 })
  story.tell(`"green tea" -roasted: ${found.map(({ name, price }) => `${name} ${price}`).join(', ')}`)

  const best = await shop.bestsellers.select('name', 'sold').order('sold', 'desc').order('id').limit(3)
  story.tell(`sold most: ${best.map(({ name, sold }) => `${name} (${sold})`).join(', ')}`)

  const old = await shop.schema('v1').products.select('title', 'category').where({ category: 'Teapots' }).order('title')
  story.tell(`an old app, over v1: ${old.map(({ title }) => title).join(', ')}`)
}
