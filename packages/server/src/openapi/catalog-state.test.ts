import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalogStateText } from './catalog-state.js'

let postgres: EmbeddedPostgres
let client: pg.Client
beforeAll(async () => {
  postgres = await startPostgres({ authentication: 'trust' })
  client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
})
afterAll(async () => {
  await client.end()
  await postgres.stop()
})

test('every change of definitions and rights is another state; use of the database is not', async () => {
  const state = async () => (await client.query<string[]>({ text: catalogStateText, rowMode: 'array' })).rows[0]?.[0]
  const seen = new Set<string | undefined>()
  const change = async (statement: string) => {
    await client.query(statement)
    seen.add(await state())
  }
  const changes = [
    "CREATE TABLE items (id int4 PRIMARY KEY, name text); CREATE TYPE size AS ENUM ('s')",
    'CREATE ROLE someone',
    'ALTER ROLE someone BYPASSRLS',
    'CREATE ROLE other; GRANT someone TO other',
    'GRANT SELECT (id) ON items TO someone',
    'REVOKE SELECT (id) ON items FROM someone',
    'GRANT INSERT ON items TO someone',
    'ALTER TABLE items ENABLE ROW LEVEL SECURITY',
    'CREATE POLICY all_rows ON items USING (true)',
    'ALTER POLICY all_rows ON items USING (id > 0)',
    "ALTER TYPE size ADD VALUE 'm'",
    'ALTER TABLE items ALTER name SET NOT NULL',
    "ALTER TABLE items ALTER name SET DEFAULT 'x'",
    "COMMENT ON COLUMN items.name IS 'what it is called'",
    'CREATE VIEW names AS SELECT name FROM items',
    'CREATE FUNCTION one() RETURNS int4 LANGUAGE sql RETURN 1',
    'REVOKE EXECUTE ON FUNCTION one() FROM PUBLIC',
    'GRANT CREATE ON SCHEMA public TO someone',
    'DROP VIEW names',
  ]
  for (const statement of changes) await change(statement)
  expect(seen.size).toBe(changes.length)

  const before = await state()
  await client.query(`CREATE TEMPORARY TABLE passing (id int4 PRIMARY KEY DEFAULT 1, name text CHECK (name <> ''));
    INSERT INTO items VALUES (1, 'a'); ANALYZE; SELECT nextval(oid::regclass) FROM pg_class WHERE relkind = 'S'`)
  expect(await state()).toBe(before)
})
