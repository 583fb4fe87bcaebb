import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { introspect, surfaceOf } from '@rolecast/catalog'
import { startPostgres } from '@rolecast/embedded'
import { emitClient } from '@rolecast/templates/client'
import { emitKysely } from '@rolecast/templates/kysely'
import { emitDatabase } from '@rolecast/templates/supabase'
import pg from 'pg'
import { expect, test } from 'vitest'
import { roles, schemas, startDatabase } from './database.js'

/**
 * The clients that the tests of this folder import are in the repository, to be read and to be type-checked.
 * UPDATE_CLIENTS=1 writes them anew.
 */
test('the clients beside this test are what is generated', async () => {
  await using database = await startDatabase()
  for (const role of roles) {
    const surface = await database.surface(role)
    for (const { path, content } of [
      ...emitClient(surface, { defaultSchema: 'api' }),
      ...emitDatabase(surface),
      ...emitKysely(surface, {}, { schemas }),
    ]) {
      const file = new URL(`generated/${role}/${path}`, import.meta.url)
      if (process.env.UPDATE_CLIENTS) {
        mkdirSync(new URL('.', file), { recursive: true })
        writeFileSync(file, content)
      }
      expect(readFileSync(file, 'utf8')).toBe(content)
    }
  }
})

/** Names that locales sort in other ways than bytes. */
const names = [
  'Zeta',
  'alpha',
  'Alpha',
  '\u00e4hre',
  'zebra',
  '\u00d6l',
  'a_b',
  'ab',
  'a-b',
  'A_B',
  '\u00e9',
  'e\u0301',
  '10',
  '9',
]
const quoted = (name: string) => `"${name}"`
const other = (index: number) => quoted(names[index % names.length] ?? '')

/** What to create, step by step; within a step in any order. */
const steps: readonly (readonly string[])[] = [
  ['CREATE SCHEMA s; GRANT USAGE ON SCHEMA s TO someone'],
  names.map((name) => `CREATE TYPE s.${quoted(`t ${name}`)} AS ENUM ('b', 'a')`),
  names.map(
    (name) => `CREATE TABLE s.${quoted(name)} (id int4 PRIMARY KEY, a int4, b int4, x s.${quoted(`t ${name}`)})`,
  ),
  names.flatMap((name, index) =>
    ['a', 'b'].map((key) => `ALTER TABLE s.${quoted(name)} ADD FOREIGN KEY (${key}) REFERENCES s.${other(index + 1)}`),
  ),
  names.flatMap((name) => ['a', 'b'].map((key) => `ALTER TABLE s.${quoted(name)} ADD UNIQUE (${key}, x)`)),
  names.map((name) => `CREATE VIEW s.${quoted(`v ${name}`)} AS SELECT id, a, x AS y FROM s.${quoted(name)}`),
  names.flatMap((name) =>
    ['int4', 'text'].map(
      (type) => `CREATE FUNCTION s.${quoted(name)}(a ${type}) RETURNS SETOF s.${quoted(name)} LANGUAGE sql STABLE
        BEGIN ATOMIC SELECT * FROM s.${quoted(name)}; END`,
    ),
  ),
  names.flatMap((name) => [
    `GRANT SELECT, INSERT ON s.${quoted(name)} TO someone`,
    `GRANT SELECT, UPDATE ON s.${quoted(`v ${name}`)} TO someone`,
    `COMMENT ON TABLE s.${quoted(name)} IS 'A ${name}.'`,
  ]),
]

test('the same bytes, whatever was created first, and in whichever locale', async () => {
  await using postgres = await startPostgres({ authentication: 'trust' })
  const administrator = new pg.Client({ connectionString: postgres.uri })
  await administrator.connect()
  await administrator.query('CREATE ROLE someone; CREATE ROLE authenticator LOGIN; GRANT someone TO authenticator')
  const emitted = []
  for (const [database, options] of [
    ['forwards', ''],
    ['backwards', "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'sv'"],
  ] as const) {
    await administrator.query(`CREATE DATABASE ${database} ${options}`)
    const client = new pg.Client({ connectionString: postgres.uriOf({ database }) })
    await client.connect()
    for (const step of steps) {
      for (const statement of options === '' ? step : step.toReversed()) await client.query(statement)
    }
    const asked = { schemas: ['s'], roles: ['someone'], authenticator: 'authenticator' }
    emitted.push(emitClient(surfaceOf(await introspect(client, asked), 'someone', { schemas: ['s'] })))
    await client.end()
  }
  await administrator.end()
  expect(emitted[1]).toEqual(emitted[0])
  expect(emitted[0]?.[0]?.content).toContain('readonly Zeta: ZetaApi')
})
