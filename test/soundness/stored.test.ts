import { type Catalog, introspect, parseCatalog, printCatalog, surfaceOf } from '@rolecast/catalog'
import { startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { expect, it } from 'vitest'
import { type RandomDatabase, randomDatabase } from './database.js'

const version = 18

/** The catalog of a database on a server of its own, where `junk` has used up object ids. */
async function catalogOf({ sql, schemas, roles }: RandomDatabase, junk: number): Promise<Catalog> {
  await using server = await startPostgres({ version })
  const client = new pg.Client({ connectionString: server.uri })
  await client.connect()
  try {
    for (let count = 0; count < junk; count += 1) await client.query('CREATE TABLE junk (a text); DROP TABLE junk')
    for (const statement of sql) await client.query(statement)
    return await introspect(client, { schemas, roles })
  } finally {
    await client.end()
  }
}

it('the same schema gives the same bytes on another server, and the same surfaces once it is stored', async () => {
  for (const seed of [1, 2, 3]) {
    const database = randomDatabase(seed, version)
    const catalog = await catalogOf(database, 0)
    const text = printCatalog(catalog)
    expect(printCatalog(await catalogOf(database, 7)) === text, `seed ${seed}`).toBe(true)
    const stored = parseCatalog(text)
    for (const role of database.roles) {
      const { schemas } = database
      expect(surfaceOf(stored, role, { schemas })).toEqual(surfaceOf(catalog, role, { schemas }))
    }
  }
}, 60_000)
