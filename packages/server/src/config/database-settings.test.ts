import { startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDatabaseSettings } from './database-settings.js'

let server: Awaited<ReturnType<typeof startPostgres>>
let client: pg.Client

beforeAll(async () => {
  server = await startPostgres({ authentication: 'trust' })
  client = new pg.Client({ connectionString: server.uri })
  await client.connect()
  await client.query(`
    create role "My Authenticator" login;
    alter role "My Authenticator" set pgrst.db_schemas = 'role';
    alter role "My Authenticator" set pgrst.db_max_rows = '10';
    alter role "My Authenticator" set pgrst.db_uri = 'not to be heard';
    create schema "Config";
    create function "Config".pre_config() returns void language sql as $$
      select set_config('pgrst.db_schemas', 'function', true), set_config('pgrst.jwt_aud', 'a=b', true)
    $$;
    grant usage on schema "Config" to "My Authenticator"`)
  await client.query(
    `do $$ begin execute format('alter role "My Authenticator" in database %I set pgrst.db_max_rows = 20', current_database()); end $$`,
  )
  await client.query('set session authorization "My Authenticator"')
})

afterAll(async () => {
  await client?.end()
  await server?.stop()
})

test('the role in this database, then the role, then the function', async () => {
  expect(await readDatabaseSettings(client, { schema: 'Config', name: 'pre_config' })).toEqual({
    db_schemas: 'role',
    db_max_rows: '20',
    jwt_aud: 'a=b',
  })
})

test('without a function', async () => {
  expect(await readDatabaseSettings(client, null)).toEqual({ db_schemas: 'role', db_max_rows: '20' })
})
