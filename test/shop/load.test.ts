import { embeddedVersions, loadSqlFiles, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { describe, expect, test } from 'vitest'
import config from '../../examples/shop/rolecast.config.js'
import { shopFiles } from './shop.js'

const connect = async (uri: string): Promise<pg.Client> => {
  const client = new pg.Client({ connectionString: uri })
  await client.connect()
  return client
}

/** Everything in the tables but what a load gives a random or current value. */
const contents = `
  SELECT (SELECT md5(string_agg(to_jsonb(o)::text, '|' ORDER BY o.id)) FROM v2.orders o) AS orders,
    (SELECT md5(string_agg(to_jsonb(l)::text, '|' ORDER BY l.order_id, l.product_id)) FROM v2.lines l) AS lines,
    (SELECT md5(string_agg(to_jsonb(p)::text, '|' ORDER BY p.id)) FROM v2.products p) AS products,
    (SELECT md5(string_agg(to_jsonb(p)::text, '|' ORDER BY p.id)) FROM v2.profiles p) AS profiles,
    (SELECT md5(string_agg(to_jsonb(c)::text, '|' ORDER BY c.message_uuid)) FROM v2.chat c) AS chat,
    (SELECT md5(string_agg(to_jsonb(t)::text, '|' ORDER BY t.id)) FROM v2.tasks t) AS tasks,
    (SELECT md5(string_agg(to_jsonb(u)::text, '|' ORDER BY u.id)) FROM auth.users u) AS users`

describe.each(embeddedVersions())('the shop on PostgreSQL %i', (version) => {
  test('loads, twice in one cluster, with the same rows each time', async () => {
    await using postgres = await startPostgres({ version, sql: shopFiles })
    const first = await connect(postgres.uri)
    const rows = await first.query(contents)
    await first.query('CREATE DATABASE second')
    await first.end()

    const uri = postgres.uriOf({ database: 'second', user: 'postgres' })
    await loadSqlFiles(uri, shopFiles)
    const second = await connect(uri)
    expect((await second.query(contents)).rows).toEqual(rows.rows)
    expect(Object.values(rows.rows[0]).every((hash) => typeof hash === 'string')).toBe(true)
    await second.end()
  })
})

test('the configuration names every file but the data, in order', () => {
  const schema = shopFiles.map((file) => file.slice(file.indexOf('sql/'))).filter((file) => !file.includes('-data-'))
  expect(config.database).toEqual({ sql: schema })
})
