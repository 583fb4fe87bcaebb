// Names that nobody expects, and names that the role must not see, through the targets for other tools.
import { introspect, type Surface, surfaceOf } from '@rolecast/catalog'
import { startPostgres } from '@rolecast/embedded'
import { emitKysely } from '@rolecast/templates/kysely'
import { emitDatabase } from '@rolecast/templates/supabase'
import { transform } from 'esbuild'
import pg from 'pg'
import { beforeAll, describe, expect, test } from 'vitest'
import { project } from '../bench/lib/type-check.mjs'
import { startHostileDatabase } from '../client/hostile-database.js'
import { hostileNames } from '../client/hostile-names.js'
import { check } from '../types/check.js'

const emitters = { supabase: emitDatabase, kysely: (surface: Surface) => emitKysely(surface) }
const contentOf = (emit: (surface: Surface) => readonly { readonly content: string }[], surface: Surface) =>
  emit(surface)[0]?.content ?? ''

describe('hostile names', { timeout: 240_000 }, () => {
  let surface: Surface
  beforeAll(async () => {
    const started = await startHostileDatabase()
    surface = started.surface
    await started.postgres.stop()
  }, 120_000)

  test.each(Object.entries(emitters))('%s: no character hides or reorders text, and nothing runs', async (_, emit) => {
    const content = contentOf(emit, surface)
    expect(content.match(/[^\P{C}\n]|[\u2028\u2029]/u)).toBe(null)
    expect(content).not.toMatch(/^\s*(?:\/\/|\*|\/\*+)\s*@(?!deprecated)/m)
    const { code } = await transform(content, { loader: 'ts', format: 'esm' })
    const module: Record<string, unknown> = await import(`data:text/javascript,${encodeURIComponent(code)}`)
    expect(globalThis).not.toHaveProperty('canary')
    if (module.Constants !== undefined) {
      expect(module.Constants).toMatchObject({ api: { Enums: { 'label;': hostileNames } } })
    }
  })

  test('both compile, and each name is a key', async () => {
    const names = JSON.stringify(hostileNames)
    const dotted = hostileNames.filter((name) => !/\.| as /.test(name))
    const app = `import { createClient } from '@supabase/supabase-js'
      import type { Kysely } from 'kysely'
      import type { Database, Tables, TablesInsert } from './database.js'
      import type { DB } from './kysely.js'
      const names = ${names} as const
      type Name = (typeof names)[number]
      const dotted = ${JSON.stringify(dotted)} as const
      export type Keys = [Name] extends [keyof Database['api']['Tables'] & keyof Database['api']['Functions']] ? true : false
      export const all: Keys = true
      export const tables: [(typeof dotted)[number]] extends [keyof DB] ? true : false = true
      const supabase = createClient<Database>('http://x', 'key', { db: { schema: 'api' } })
      declare const db: Kysely<DB>
      supabase.from('constructor').insert({ parent_id: '1' })
      supabase.from('toString').update({ parent_id: '1' }).eq('toString', 'x')
      db.insertInto('hasOwnProperty').values({ parent_id: '1' })
      export const row: TablesInsert<'everything'> = { label: '*/', constructor: 'x' }
      export const value: Tables<'everything'>['label'] = '*/'
      // @ts-expect-error not a text
      supabase.from('everything').insert({ constructor: 1 })`
    for (const version of ['5.4', '7.0'] as const) {
      const { folder, remove } = project({
        'app.ts': app,
        'database.ts': contentOf(emitDatabase, surface),
        'kysely.ts': contentOf(emitters.kysely, surface),
      })
      const { errors } = await check(folder, version)
      remove()
      expect([version, errors]).toEqual([version, []])
    }
  })
})

test('nothing that the role may not see is named', { timeout: 60_000 }, async () => {
  await using postgres = await startPostgres({ authentication: 'trust' })
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  await client.query(`CREATE ROLE authenticator LOGIN NOINHERIT; CREATE ROLE guest; CREATE ROLE staff; GRANT guest, staff TO authenticator;
    ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    CREATE SCHEMA api; CREATE SCHEMA hidden1; GRANT USAGE ON SCHEMA api TO guest, staff; COMMENT ON SCHEMA hidden1 IS 'hidden2';
    CREATE TYPE hidden1.mood AS ENUM ('good', 'bad'); CREATE TYPE api.hidden3 AS ENUM ('hidden4');
    CREATE TYPE hidden1.place AS (street text, mood hidden1.mood); CREATE DOMAIN hidden1.code AS text CHECK (VALUE <> 'hidden5');
    CREATE TABLE api.hidden6 (id int4 PRIMARY KEY);
    CREATE TABLE api.people (id int4 PRIMARY KEY, mood hidden1.mood, home hidden1.place, code hidden1.code, boss int4 CONSTRAINT hidden7 REFERENCES api.people,
      hidden8 api.hidden3, other int4 REFERENCES api.hidden6);
    CREATE TABLE api.visits (id int4 PRIMARY KEY, person int4 CONSTRAINT hidden9 REFERENCES api.people, hidden10 text DEFAULT 'hidden11');
    COMMENT ON COLUMN api.people.hidden8 IS 'hidden12'; COMMENT ON TABLE api.hidden6 IS 'hidden13';
    CREATE TABLE api.drafts (id int4 PRIMARY KEY, hidden14 text); ALTER TABLE api.drafts ENABLE ROW LEVEL SECURITY;
    CREATE POLICY hidden15 ON api.drafts TO staff USING (id > 0);
    CREATE VIEW api.faces AS SELECT id, mood, hidden8 AS hidden16 FROM api.people;
    CREATE FUNCTION api.hidden17() RETURNS int4 LANGUAGE sql RETURN 1;
    CREATE FUNCTION api.find(term text, hidden18 hidden1.code DEFAULT NULL) RETURNS SETOF api.people LANGUAGE sql STABLE SECURITY DEFINER
      BEGIN ATOMIC SELECT * FROM api.people; END;
    CREATE FUNCTION api.hidden19(api.people) RETURNS text LANGUAGE sql STABLE RETURN 'x';
    GRANT SELECT (id, mood, home, code, boss, other), INSERT (id, mood, home, code), UPDATE (code) ON api.people TO guest;
    GRANT SELECT (id, person), INSERT (id, person) ON api.visits TO guest; GRANT SELECT (id, mood) ON api.faces TO guest;
    GRANT SELECT ON api.drafts TO guest; GRANT EXECUTE ON FUNCTION api.find TO guest;
    GRANT ALL ON ALL TABLES IN SCHEMA api TO staff; GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA api TO staff; GRANT USAGE ON SCHEMA hidden1 TO staff`)
  const options = { schemas: ['api'], roles: ['guest', 'staff'], authenticator: 'authenticator' }
  const catalog = await introspect(client, options)
  await client.end()
  for (const [name, emit] of Object.entries(emitters)) {
    const content = contentOf(emit, surfaceOf(catalog, 'guest', options))
    expect([name, content.match(/.*hidden\d+.*/g)]).toEqual([name, null])
    expect(content).toContain('people')
    expect(content).toContain("'good' | 'bad'")
    // the other role sees what it may: the names are there to be found
    expect(contentOf(emit, surfaceOf(catalog, 'staff', options)).match(/hidden\d+/g)?.length).toBeGreaterThan(3)
  }
})
