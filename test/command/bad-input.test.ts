import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { config, makeProject, schemaSql } from './project.js'
import { rolecast } from './run-command.js'

const withDatabase = (database: string) => config.replace("{ sql: ['schema.sql'] }", database)

describe('a configuration that cannot be followed ends with 2 and one clear message', () => {
  test.each([
    ['no configuration', {}, [], /No rolecast\.config\.ts in .*\n$/],
    ['a file that is not there', {}, ['--config', 'other.ts'], /There is no configuration file .*other\.ts/],
    ['a syntax error', { 'rolecast.config.ts': 'export default {' }, [], /rolecast\.config\.ts cannot be loaded/],
    [
      'an unknown key',
      { 'rolecast.config.ts': config.replace('out:', 'output:') },
      [],
      /output: unknown key.*did you mean out\?/,
    ],
    [
      'a missing key',
      { 'rolecast.config.ts': config.replace("  out: 'src/api',\n", '') },
      [],
      /out: expected string, got nothing/,
    ],
    [
      'an ill-typed value',
      { 'rolecast.config.ts': config.replace("['anon', 'app_user']", "['anon', 1]") },
      [],
      /roles\[1\]: expected string, got number/,
    ],
    [
      'a database of no known kind',
      { 'rolecast.config.ts': withDatabase("{ url: 'postgresql://localhost/x' }") },
      [],
      /database: expected \{ uri \}, \{ sql \} or \{ catalog \}, got \{ url \}/,
    ],
    [
      'an ill-typed value inside of an alternative',
      { 'rolecast.config.ts': withDatabase("{ sql: ['schema.sql', 2] }") },
      [],
      /database\.sql\[1\]: expected string, got number/,
    ],
    ['an unknown option', { 'rolecast.config.ts': config }, ['--chekc'], /unknown option '--chekc'/],
    ['an SQL file that is not there', { 'rolecast.config.ts': config }, [], /schema\.sql: cannot be read: ENOENT/],
    [
      'an SQL error',
      { 'rolecast.config.ts': config, 'schema.sql': `${schemaSql}\nGRANT SELECT ON api.orders TO anon;` },
      [],
      /schema\.sql: relation "api\.orders" does not exist/,
    ],
    [
      'an SQL error that PostgreSQL places',
      { 'rolecast.config.ts': config, 'schema.sql': 'SELECT 1;\nSELCT 2;' },
      [],
      /schema\.sql:2: syntax error at or near "SELCT"/,
    ],
    [
      'an unknown schema',
      { 'rolecast.config.ts': config.replace("['api']", "['apy']"), 'schema.sql': schemaSql },
      [],
      /schema.*apy.*api/s,
    ],
    [
      'an unknown role',
      { 'rolecast.config.ts': config.replace("'app_user'", "'app_usr'"), 'schema.sql': schemaSql },
      [],
      /role.*app_usr.*app_user/s,
    ],
    [
      'a role that the authenticator cannot become',
      { 'rolecast.config.ts': config.replace("'app_user'", "'postgres'"), 'schema.sql': schemaSql },
      [],
      /authenticator.*postgres/s,
    ],
    [
      'a file of somebody else in the way',
      { 'rolecast.config.ts': config, 'schema.sql': schemaSql, 'src/api/anon/index.ts': 'export const mine = 1\n' },
      [],
      /src\/api\/anon\/index\.ts was not written by rolecast/,
    ],
    [
      'an output folder that is a file',
      { 'rolecast.config.ts': config, 'schema.sql': schemaSql, 'src/api': 'a file' },
      [],
      /src\/api.*(cannot be (used|written to))/,
    ],
  ] as [string, Record<string, string>, string[], RegExp][])('%s', async (_, files, args, message) => {
    await using project = await makeProject(files)
    const before = await readdir(project.folder, { recursive: true })
    const { code, stdout, stderr } = await rolecast(['generate', ...args], project.folder)
    expect(stderr).toMatch(message)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).not.toMatch(/\n\s+at /)
    expect(await readdir(project.folder, { recursive: true })).toEqual(before)
  })
})

describe('a database that cannot be used ends with 3', () => {
  let postgres: EmbeddedPostgres
  beforeAll(async () => {
    postgres = await startPostgres()
  })
  afterAll(() => postgres.stop())

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
    await using project = await makeProject({
      'rolecast.config.ts': withDatabase(`{ uri: ${JSON.stringify(await uri())} }`),
    })
    const { code, stdout, stderr } = await rolecast(['generate'], project.folder)
    expect(stderr).toMatch(message)
    expect(code).toBe(3)
    expect(stdout).toBe('')
    expect(stderr).not.toContain('secret-word')
    expect(existsSync(join(project.folder, 'src'))).toBe(false)
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
