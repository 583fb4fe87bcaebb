import { readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
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
    ['a syntax error', 'export default {', /rolecast\.config\.ts cannot be loaded/],
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
    ['a URI of something else', withDatabase("{ uri: 'mysql://x' }"), /database\.uri: a URI that begins with/],
    ['an unknown version', withDatabase("{ sql: ['x'], version: 13 }"), /database\.version: .*14/],
    ['an unknown option', config, /unknown option '--chekc'/, { args: ['--chekc'] }],
    ['an SQL file that is not there', config, /schema\.sql: cannot be read: ENOENT/],
    [
      'an SQL error',
      config,
      /schema\.sql: relation "api\.orders" does not exist/,
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
