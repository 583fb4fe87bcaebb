import { readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { config, makeProject, schemaSql } from './project.js'
import { rolecast, rolecastHere } from './run-command.js'

let postgres: EmbeddedPostgres
beforeAll(async () => {
  await using project = await makeProject({ 'schema.sql': schemaSql })
  postgres = await startPostgres({ sql: [join(project.folder, 'schema.sql')] })
})
afterAll(() => postgres.stop())

interface More {
  readonly args?: readonly string[]
  readonly files?: Readonly<Record<string, string>>
}
type Case = [what: string, config: string | null, message: RegExp, more?: More]

/** The configuration with something else for something. */
const having = (...[from, to]: [string, string]) => config.replace(from, to)
const withDatabase = (database: string) => having("{ sql: ['schema.sql'] }", database)
/** Of the cluster that all tests have: it is only read. */
const ready = (change: (text: string) => string = (text) => text) => change(withDatabase('{ uri: URI }'))
const withClient = (client: string) => ready((text) => text.replace('out:', `client: ${client},\n  out:`))

const untouched = async (files: Readonly<Record<string, string>>, args: readonly string[] = []) => {
  await using project = await makeProject(files)
  const before = await readdir(project.folder, { recursive: true })
  const ended = await rolecastHere(['generate', ...args], project.folder)
  expect(ended.stdout).toBe('')
  expect(ended.stderr).not.toMatch(/\n\s+at /)
  expect(await readdir(project.folder, { recursive: true })).toEqual(before)
  return ended
}

describe('what cannot be followed ends with 2 and one clear message', () => {
  const cases: Case[] = [
    ['no configuration', null, /No rolecast\.config\.ts in .*\n$/],
    ['a file that is not there', null, /no configuration file .*other\.ts/, { args: ['--config', 'other.ts'] }],
    ['a folder for one', null, /no configuration file .*src/, { args: ['--config', 'src'], files: { 'src/x.ts': '' } }],
    ['a package that is not there', "import 'no-such'", /loaded: Cannot find .*no-such'.*\n$/],
    ['a syntax error', 'export default {', /rolecast\.config\.ts cannot be loaded/],
    [
      'JSON that is none',
      null,
      /config\.json cannot be loaded: Unexpected token ''' is not valid JSON\n$/,
      {
        args: ['--config', 'config.json'],
        files: { 'config.json': `{ "database": { "uri": 'secret-word' } }` },
      },
    ],
    ['an error of its own', "throw new Error('no DATABASE_URL')", /config\.ts cannot be loaded: no DATABASE_URL/],
    ['nothing exported', 'export const config = { out: 1 }', /exports no configuration.* export default defineConfig/],
    ['an unknown key', having('out:', 'output:'), /output: unknown key.*did you mean out\?/],
    ['a missing key', having("  out: 'src/api',\n", ''), /out: expected string, got nothing\n/],
    ['an ill-typed value', having("['anon', 'app_user']", "['anon', 1]"), /roles\[1\]: expected string, got number/],
    ['an empty list', having("['api']", '[]'), /schemas: needs at least one name/],
    ['a role given twice', having("'app_user'", "'anon'"), /roles: names something twice/],
    [
      'a database of no known kind',
      withDatabase("{ url: 'postgresql://localhost/x' }"),
      /database: expected \{ uri \}, \{ sql \} or \{ catalog \}, got \{ url \}/,
    ],
    [
      'an ill-typed value inside of an alternative',
      withDatabase("{ sql: ['schema.sql', 2] }"),
      /database\.sql\[1\]: expected string, got number/,
    ],
    [
      'an environment variable that is not there',
      withDatabase('{ uri: process.env.NO_SUCH_VARIABLE }'),
      /database\.uri: expected string, got nothing \(is an environment variable missing\?\)/,
    ],
    ['a URI of something else', withDatabase("{ uri: 'mysql://x' }"), /database\.uri: expected a URI that begins with/],
    [
      'words instead of a URI',
      config,
      /^rolecast: The connection string .*neither a URI.*postgresql:.*\n$/,
      { args: ['--db', 'a database, secret-word'] },
    ],
    [
      'a URI that is none',
      config,
      /^rolecast: The connection string .*%XX.*\n$/,
      { args: ['--db', 'postgresql://u:secret-word:1@localhost:1:2/x'] },
    ],
    [
      'a certificate that is not there',
      config,
      /\/no\.pem cannot be read \(ENOENT\)/,
      { args: ['--db', 'postgresql://u:secret-word@localhost/x?sslrootcert=/no.pem'] },
    ],
    ['two databases', config, /either --db or --catalog/, { args: ['--db', 'postgresql://', '--catalog', 'x'] }],
    ['an unknown version', withDatabase("{ sql: ['x'], version: 13 }"), /database\.version: .*14/],
    ['an unknown option', config, /unknown option '--chekc'/, { args: ['--chekc'] }],
    ['an SQL file that is not there', config, /schema\.sql: cannot be read: ENOENT/],
    [
      'an SQL error',
      config,
      /schema\.sql:\d+: relation "api\.orders" does not exist/,
      { files: { 'schema.sql': `${schemaSql}\nGRANT SELECT ON api.orders TO anon;` } },
    ],
    [
      'an SQL error that PostgreSQL places',
      config,
      /schema\.sql:2: syntax error at or near "SELCT"/,
      { files: { 'schema.sql': 'SELECT 1;\nSELCT 2;' } },
    ],
    ['an unknown schema', ready((text) => text.replace("['api']", "['apy']")), /schema.*apy.*api/s],
    ['an unknown role', ready((text) => text.replace("'app_user'", "'app_usr'")), /role.*app_usr.*app_user/s],
    [
      'a role that the authenticator cannot become',
      ready((text) => text.replace("'app_user'", "'postgres'")),
      /authenticator.*postgres/s,
    ],
    [
      'a file of somebody else in the way',
      ready(),
      /src\/api\/anon\/index\.ts was not written by rolecast/,
      { files: { 'src/api/anon/index.ts': "import { isApiError } from '@rolecast/client'\n" } },
    ],
    [
      'an output folder that is a file',
      ready(),
      /src\/api.*(cannot be (used|written to))/,
      { files: { 'src/api': 'a file' } },
    ],
    ['a key of the client that there is not', withClient('{ emits: "js" }'), /client\.emits: .*did you mean emit\?/],
    ['a value of it that there is not', withClient('{ types: { int8: "int" } }'), /client\.types\.int8: .*"bigint"/],
    [
      'a package for each role, all of one name',
      withClient("{ package: { name: 'shop', version: '1.0.0' } }"),
      /client\.package\.name: the roles "anon" and "app_user" would both be shop; put \{role\} into it/,
    ],
    [
      'a name that no package can have',
      withClient("{ package: { name: 'My Shop {role}', version: '1.0.0' } }"),
      /client\.package\.name: "My Shop anon" is no name for an npm package/,
    ],
    [
      'a type for a column that there is not',
      withClient("{ overrides: { 'api.products.cots': 'number', 'pg_catalog.jsonb': 'Json' } }"),
      /^rolecast: client\.overrides: api\.products\.cots is no column or type; did you mean api\.products\.cost\?\n$/,
    ],
    [
      'other names for what there is not',
      withClient(
        "{ rename: { relations: { 'api.product': 'x' }, functions: { 'api.f': 'y' }, columns: { 'api.products.nam': 'n' }, relationships: { 'api.products.z': 'z' } } }",
      ),
      /rename\.relations: api\.product is no relation; did you mean api\.products\?\nclient\.rename\.columns: api\.products\.nam is no column; did you mean api\.products\.name\?\nclient\.rename\.functions: api\.f is no function\nclient\.rename\.relationships: api\.products\.z is no/,
    ],
    [
      'a name that the client needs itself',
      withClient("{ rename: { relations: { 'api.products': 'rpc' } } }"),
      /client\.rename\.relations: api\.products cannot be called rpc: that is taken/,
    ],
  ]
  test.each(cases)('%s', async (_, text, message, { args = [], files = {} } = {}) => {
    const written = text?.replace('URI', JSON.stringify(postgres.uri))
    const { code, stderr } = await untouched(written ? { ...files, 'rolecast.config.ts': written } : files, args)
    expect(stderr).toMatch(message)
    expect(stderr).not.toContain('secret-word')
    expect(code).toBe(2)
  })

  test('also in the process that a user runs', async () => {
    await using project = await makeProject({ 'rolecast.config.ts': having('out:', 'output:') })
    const { code, stdout, stderr } = await rolecast(['generate'], project.folder)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(/output: unknown key/)
  })
})

describe('a database that cannot be used ends with 3', () => {
  const refused: [string, () => Promise<string>, RegExp][] = [
    [
      'nothing listens',
      async () => `postgresql://u:secret-word@127.0.0.1:${await closedPort()}/x`,
      /nothing listens there/,
    ],
    ['an unknown host', async () => 'postgresql://u:secret-word@no-such-host.invalid/x', /host/],
    ['a wrong password', async () => postgres.uriOf({ password: 'secret-word' }), /the password is wrong/],
    ['no password', async () => `postgresql://postgres@127.0.0.1:${postgres.port}/postgres`, /asks for a password/],
    [
      'no login',
      async () => postgres.uriOf({ user: 'anon', password: 'secret-word' }),
      /the password is wrong, or there is no such user/,
    ],
    [
      'statements that may not take their time',
      async () => `${postgres.uri}?options=-c%20statement_timeout%3D1`,
      /Cannot read the database .*: canceling statement/,
    ],
    [
      'a PostgreSQL that is too old',
      async () => {
        await ask(`CREATE SCHEMA IF NOT EXISTS old; CREATE OR REPLACE FUNCTION old.current_setting(name text)
          RETURNS text LANGUAGE sql AS $$ SELECT CASE name WHEN 'server_version_num' THEN '130023' ELSE '13.23' END $$`)
        return `${postgres.uri}?options=-c%20search_path%3Dold,pg_catalog`
      },
      /PostgreSQL 13\.23 is not supported; 14 or later is required\.\n$/,
    ],
    ['an unknown database', async () => postgres.uriOf({ database: 'nowhere' }), /no database of that name/],
  ]
  test.each(refused)('%s', async (_, uri, message) => {
    const { code, stderr } = await untouched({
      'rolecast.config.ts': withDatabase(`{ uri: ${JSON.stringify(await uri())} }`),
    })
    expect(stderr).toMatch(message)
    expect(code).toBe(3)
    expect(stderr).not.toContain('secret-word')
  })
})

test('without TLS where it is asked for, in one line', async () => {
  await using project = await makeProject()
  const args = ['inspect', '--schemas', 'api', '--role', 'anon', '--db', `${postgres.uri}?sslmode=require`]
  const { code, stderr } = await rolecast(args, project.folder)
  expect([code, stderr]).toEqual([
    3,
    expect.stringMatching(/^rolecast: .*The server does not support TLS\. .*sslmode=prefer\.\n$/),
  ])
})

test('a connection that is ended ends with 3', async () => {
  await using project = await makeProject()
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  const ended = rolecast(['inspect', '--schemas', 'api', '--role', 'anon', '--db', postgres.uri], project.folder)
  let found = 0
  while (found === 0) {
    const { rows } = await client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'rolecast'",
    )
    found = rows.length
  }
  await client.end()
  expect(await ended).toMatchObject({
    code: 3,
    stderr: expect.stringMatching(/^rolecast: Cannot .*(terminating|closed the connection|was lost).*\n$/),
  })
})

test('what others make and drop meanwhile is no reason to fail', async () => {
  await using project = await makeProject()
  let reading = true
  const others = (async () => {
    const client = new pg.Client({ connectionString: postgres.uri })
    await client.connect()
    while (reading) {
      await client.query(`CREATE SCHEMA passing CREATE TABLE t (id int PRIMARY KEY, a text DEFAULT 'x', CHECK (id > 0))
        CREATE VIEW v AS SELECT * FROM t CREATE INDEX ON t ((a || 'x'))`)
      await client.query('DROP SCHEMA passing CASCADE')
    }
    await client.end()
  })()
  const codes: number[] = []
  for (let time = 0; time < 10; time++) {
    const args = ['inspect', '--schemas', 'api', '--role', 'anon', '--db', postgres.uri]
    codes.push((await rolecastHere(args, project.folder)).code ?? -1)
  }
  reading = false
  await others
  expect(new Set(codes)).toEqual(new Set([0]))
})

async function ask(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  await client.query(sql)
  await client.end()
}

function closedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      )
    })
  })
}
