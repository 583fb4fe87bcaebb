import { type Catalog, introspect, parseCatalog, printCatalog, surfaceOf } from '@rolecast/catalog'
import { startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { expect, it } from 'vitest'
import { type RandomDatabase, randomDatabase } from './random-database/random-database.js'

const version = 18
const { ROLECAST_SOUNDNESS_STORED } = process.env
/** databases to compare: ROLECAST_SOUNDNESS_STORED=20 */
const count = Number(ROLECAST_SOUNDNESS_STORED ?? 3)

async function catalogOf(client: pg.Client, { sql, cleanUp, schemas, roles }: RandomDatabase): Promise<Catalog> {
  for (const statement of sql) await client.query(statement)
  const catalog = await introspect(client, { schemas, roles })
  for (const statement of cleanUp) await client.query(statement)
  return catalog
}

it('the same schema gives the same bytes with other object ids, and the same surfaces once it is stored', async () => {
  await using server = await startPostgres({ version })
  const client = new pg.Client({ connectionString: server.uri })
  await client.connect()
  try {
    for (let seed = 1; seed <= count; seed += 1) {
      const database = randomDatabase(seed, version)
      const catalog = await catalogOf(client, database)
      for (let junk = 0; junk < 7; junk += 1) await client.query('CREATE TABLE junk (a text); DROP TABLE junk')
      const text = printCatalog(catalog)
      expect(printCatalog(await catalogOf(client, database)) === text, `seed ${seed}`).toBe(true)
      const stored = parseCatalog(text)
      for (const role of database.roles) {
        const { schemas } = database
        expect(surfaceOf(stored, role, { schemas })).toEqual(surfaceOf(catalog, role, { schemas }))
      }
    }
  } finally {
    await client.end()
  }
}, 600_000)
