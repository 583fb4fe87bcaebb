import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ConfigError } from '../errors/config-error.js'
import { parseConfigFile } from './file-syntax.js'
import { loadConfig } from './load-config.js'

const folder = mkdtempSync(join(tmpdir(), 'rolecast-config-'))

function fileOf(text: string): string {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.conf`)
  writeFileSync(file, text)
  return file
}

function load(text: string, env: Record<string, string> = {}) {
  return loadConfig({ file: fileOf(text), env })
}

describe('the file format', () => {
  test.each([
    ['a = "text" # comment', 'text'],
    ['a = "with \\"quotes\\", \\\\ and \\n\\u0041"', 'with "quotes", \\ and \nA'],
    ['a = 12', 12],
    ['a = true', true],
    ['a=off', false],
    ['# first\n\na\n  =\n  "b"', 'b'],
    ['a = "$(NAME) costs $$5"', 'value costs $5'],
    ['a = "two\nlines"', 'two\nlines'],
  ])('%j', (text, value) => {
    expect(parseConfigFile(text, { NAME: 'value' })).toMatchObject([{ key: 'a', value }])
  })

  test('groups put their name in front', () => {
    const settings = parseConfigFile('app.settings {\n a = "1"\n b.c = "2"\n}\nd = 3', {})
    expect(settings.map(({ key, line }) => [key, line])).toEqual([
      ['app.settings.a', 2],
      ['app.settings.b.c', 3],
      ['d', 5],
    ])
  })

  test.each([
    ['a = "1"\nb "2"', 'line 2: expected = after b'],
    ['a = "1" b = "2"', 'line 1: something follows the value of a'],
    ['a = ', 'line 1: expected a value for a'],
    ['a = "open', 'line 1: expected a value for a'],
    ['\n= 1', 'line 2: expected a key'],
    ['a = "$(MISSING)"', 'line 1: the variable MISSING is not in the environment'],
    ['a = "cost $5"', 'line 1: a $ in text is written $$'],
    ['a {', 'the group a is not closed'],
  ])('%j is refused', (text, message) => {
    expect(() => parseConfigFile(text, {})).toThrow(message)
  })
})

describe('values', () => {
  test('defaults are those of PostgREST', () => {
    const { config, warnings } = loadConfig({ env: {} })
    expect(warnings).toEqual([])
    expect(config).toMatchObject({
      dbSchemas: ['public'],
      dbAnonRole: null,
      dbExtraSearchPath: ['public'],
      dbPool: 10,
      dbTxEnd: 'commit',
      dbUri: 'postgresql://',
      jwtCacheMaxEntries: 1000,
      logLevel: 'error',
      openapiMode: 'follow-privileges',
      serverPort: 3000,
      serverUnixSocketMode: 0o660,
      urlUseLegacyTargetNames: true,
    })
  })

  test('the database is stronger than the environment, which is stronger than the file', () => {
    const file = fileOf('db-anon-role = "file"\ndb-schemas = "file"\nserver-port = 1')
    const env = { PGRST_DB_ANON_ROLE: 'env', PGRST_DB_SCHEMAS: 'env' }
    const { config } = loadConfig({ file, env, database: { db_schemas: 'a, b' }, overrides: { serverPort: 9 } })
    expect(config).toMatchObject({ dbAnonRole: 'env', dbSchemas: ['a', 'b'], serverPort: 9 })
  })

  test('old names work without a word, invented ones with a warning', () => {
    const { config, warnings } = load('max-rows = 7\ndb-jwt-secret = "s"\ndb-pool-usage-lifetime = 10m')
    expect(config).toMatchObject({ dbMaxRows: 7, jwtSecret: 's', dbPoolMaxLifetime: 600 })
    expect(warnings).toEqual([
      expect.stringMatching(/\.conf, line 3: the key db-pool-usage-lifetime is called db-pool-max-lifetime$/),
      expect.stringMatching(/\.conf, line 3: PostgREST takes db-pool-usage-lifetime as a number of seconds only$/),
      expect.stringMatching(/\.conf, line 2: the key db-jwt-secret is called jwt-secret$/),
    ])
  })

  test('unknown keys are named with what was probably meant', () => {
    const { warnings } = load('db-schemsa = "a"\nwhatever = 1', { PGRST_DB_ANONROLE: 'x' })
    expect(warnings).toEqual([
      expect.stringMatching(/\.conf, line 1: there is no key db-schemsa; did you mean db-schemas\?$/),
      expect.stringMatching(/\.conf, line 2: there is no key whatever$/),
      'PGRST_DB_ANONROLE: there is no key db-anonrole; did you mean db-anon-role?',
    ])
  })

  test('a key that is set twice is told, and which value counts', () => {
    const { config, warnings } = load('db-max-rows = 1\nmax-rows = 2\ndb-max-rows = 3')
    expect(config.dbMaxRows).toBe(3)
    expect(warnings).toEqual([
      expect.stringMatching(/line 1: db-max-rows is not used: line 3 sets db-max-rows$/),
      expect.stringMatching(/line 2: max-rows is not used: line 3 sets db-max-rows$/),
    ])
  })

  test('empty text is as good as nothing, but for the search path', () => {
    const { config } = load('db-anon-role = ""\ndb-extra-search-path = ""')
    expect(config).toMatchObject({ dbAnonRole: null, dbExtraSearchPath: [] })
  })

  test('truth has many spellings', () => {
    const spelled = ['true', 'True', 'TRUE', 'on', 'yes', '1', '"true"'].map(
      (value) => loadConfig({ env: { PGRST_DB_PLAN_ENABLED: value } }).config.dbPlanEnabled,
    )
    expect(spelled).toEqual(spelled.map(() => true))
  })

  test('what works, but should not be used, is told', () => {
    const { warnings } = load('jwt-role-claim-key = ".role"')
    expect(warnings).toEqual([expect.stringContaining('jwt-role-claim-key: this form is deprecated')])
  })

  test('what has no effect here is told', () => {
    const { warnings } = load('db-pool-automatic-recovery = false')
    expect(warnings).toEqual([expect.stringContaining('has no effect')])
  })

  test('settings for SQL come from the file and the environment', () => {
    const { config } = load('app.settings.a = "file"\napp.settings.b = 2', { PGRST_APP_SETTINGS_A: 'env' })
    expect(config.appSettings).toEqual([
      ['app.settings.A', 'env'],
      ['app.settings.a', 'file'],
      ['app.settings.b', '2'],
    ])
  })

  test('@file stands for what the file holds', () => {
    const secret = fileOf('a secret of thirty two characters\n')
    expect(load(`jwt-secret = "@${secret}"`).config.jwtSecret).toBe('a secret of thirty two characters')
  })

  test('functions have a schema or none', () => {
    const { config } = load('db-pre-request = "api.check"\ndb-root-spec = "spec"')
    expect(config).toMatchObject({
      dbPreRequest: { schema: 'api', name: 'check' },
      dbRootSpec: { schema: null, name: 'spec' },
    })
  })

  test.each([
    ['server-port = "many"', 'line 1: server-port: expected a whole number from 0 to 65535'],
    ['db-plan-enabled = "perhaps"', 'line 1: db-plan-enabled: expected true or false'],
    ['openapi-mode = "on"', 'openapi-mode: expected one of follow-privileges, ignore-privileges, disabled'],
    ['db-schemas = "api, pg_catalog"', 'db-schemas: expected schemas other than pg_catalog'],
    ['server-unix-socket-mode = "888"', 'server-unix-socket-mode: expected an octal file mode from 600 to 777'],
    ['jwt-aud = "http://%%"', 'jwt-aud: expected a name without colons, or a URI'],
    ['openapi-server-proxy-uri = "ftp://x"', 'openapi-server-proxy-uri: expected a URL'],
    ['admin-server-port = 3000', 'admin-server-port cannot be the same as server-port'],
    ['db-uri = "host=a secret"', 'line 1: db-uri: it is neither a URI (postgresql://…) nor a list of keyword=value'],
    [
      'db-uri = "postgresql://a,b:1,c:2/d?target_session_attrs=best"',
      'target_session_attrs: expected one of any, read-write',
    ],
    ['jwt-secret = "@/no/such/file"', 'line 1: jwt-secret: the file /no/such/file cannot be read (ENOENT)'],
    ['# a comment\ndb-uri = "@/"', 'line 2: db-uri: the file / cannot be read (EISDIR)'],
    ['db-pool-max-idletime = "30 seconds"', 'line 1: db-pool-max-idletime: expected a whole number of seconds'],
    ['db-pool-max-idletime = "500ms"', 'line 1: db-pool-max-idletime: expected a whole number of seconds'],
    ['server-max-body-size = "10MB"', 'line 1: server-max-body-size: expected a whole number of bytes'],
    ['db-max-rows = 1.5', 'line 1: db-max-rows: expected a whole number'],
    ['db-channel-enabled = 2.5', 'line 1: db-channel-enabled: expected true or false'],
    ['jwt-require-aud = true', 'jwt-require-aud is true, but jwt-aud does not say'],
    [
      'server-unix-socket = "/tmp/a"\nadmin-server-unix-socket = "/tmp/a"',
      'admin-server-unix-socket cannot be the same as server-unix-socket',
    ],
  ])('%s is refused', (text, message) => {
    expect(() => load(text)).toThrow(ConfigError)
    expect(() => load(text)).toThrow(message)
  })

  test('what a program gives is read like what a file says', () => {
    const overrides = {
      dbSchemas: ['a,b'],
      dbPreRequest: { schema: 'api', name: 'check' },
      dbAnonRole: null,
      serverUnixSocketMode: 0o600,
      dbPlanEnabled: true,
    }
    expect(loadConfig({ env: { PGRST_DB_ANON_ROLE: 'env' }, overrides }).config).toMatchObject(overrides)
    const textual = { dbSchemas: 'a, b', serverPort: '80' } as unknown as typeof overrides
    expect(loadConfig({ env: {}, overrides: textual }).config).toMatchObject({ dbSchemas: ['a', 'b'], serverPort: 80 })
  })

  test.each([
    [{ serverPort: 'many' }, 'serverPort: expected a whole number from 0 to 65535'],
    [{ dbSchemas: [] }, 'dbSchemas: expected at least one schema'],
    [{ dbSchemas: [1] }, 'dbSchemas: expected names'],
    [{ dbUri: null }, 'dbUri: '],
    [{ dbPreRequest: {} }, 'dbPreRequest: expected the name of a function'],
  ])('from a program, %o is refused', (overrides, message) => {
    expect(() => loadConfig({ env: {}, overrides: overrides as object })).toThrow(message)
  })

  test('a program hears of keys that are none', () => {
    const { warnings } = loadConfig({ env: {}, overrides: { dbSchema: ['a'] } as object })
    expect(warnings).toEqual(['there is no key dbSchema; did you mean dbSchemas?'])
  })

  test('a refusal does not show the value', () => {
    const secret = 'hunter2'
    expect(() => loadConfig({ env: { PGRST_SERVER_PORT: secret } })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) }),
    )
  })
})
