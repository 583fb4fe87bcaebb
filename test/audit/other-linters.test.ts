import { audit, loadLints } from '@rolecast/audit'
import { introspectInTransaction } from '@rolecast/catalog'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OtherRule, otherRules } from './other-linters.cases.js'

const preamble = `
  CREATE ROLE owner NOLOGIN; CREATE ROLE anon NOLOGIN; CREATE ROLE app_user NOLOGIN;
  CREATE ROLE authenticator LOGIN NOINHERIT; GRANT anon, app_user TO authenticator;
  CREATE SCHEMA api AUTHORIZATION owner; GRANT USAGE ON SCHEMA api TO anon, app_user;`

const lints = await loadLints()
let server: EmbeddedPostgres
let client: pg.Client

beforeAll(async () => {
  server = await startPostgres({ version: 15 })
  client = new pg.Client({ connectionString: server.uri })
  await client.connect()
})
afterAll(async () => {
  await client?.end()
  await server?.stop()
})

/** The ids of what is found; nothing of the situation stays. */
async function idsIn(sql: string): Promise<readonly string[]> {
  await client.query('BEGIN')
  try {
    await client.query(`${preamble} ${sql}`)
    const options = { schemas: ['api'], authenticator: 'authenticator' }
    const catalog = await introspectInTransaction(client, { ...options, security: true })
    return audit(catalog, { ...options, anonymous: 'anon' }, lints).map(({ id }) => id)
  } finally {
    await client.query('ROLLBACK')
  }
}

const shown = otherRules.filter((rule): rule is OtherRule & { ours: string } => rule.ours !== null)

test.each(shown)('$tool $id ($about) is $ours', async ({ sql, ours }) => {
  expect(await idsIn(sql)).toContain(ours)
})
