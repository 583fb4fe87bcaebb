import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { introspect, printCatalog } from '@rolecast/catalog'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startVitest } from 'vitest/node'
import { config, makeProject } from '../command/project.js'
import { rolecastHere } from '../command/run-command.js'

const here = fileURLToPath(new URL('.', import.meta.url))
let server: EmbeddedPostgres
let client: pg.Client
let folder: string

beforeAll(async () => {
  server = await startPostgres({ sql: [join(here, 'base.sql')], authentication: 'trust' })
  client = new pg.Client({ connectionString: server.uri })
  await client.connect()
  folder = mkdtempSync(join(here, 'written-'))
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await client?.end()
  await server?.stop()
})

const run = (...args: string[]) =>
  rolecastHere(['test-permissions', '--db', server.uri, '--schemas', 'api', ...args], folder)

/** All that could have been changed for good: definitions, grants, and rows. */
async function fingerprint(): Promise<string> {
  const catalog = await introspect(client, { schemas: ['api'], security: true })
  const { rows } = await client.query(
    `SELECT (SELECT json_agg(n ORDER BY id) FROM api.notes n) AS notes, (SELECT json_agg(b ORDER BY id) FROM api.boards b) AS boards,
      (SELECT count(*) FROM pg_catalog.pg_proc) AS functions, (SELECT json_agg(m.* ORDER BY m::text) FROM pg_catalog.pg_auth_members m) AS members`,
  )
  return printCatalog(catalog) + JSON.stringify(rows)
}

describe('the files', () => {
  test('as TAP: every promise holds, and fails when it is broken', async () => {
    const file = join(folder, 'permissions.sql')
    expect(await run('--out', file, '--format', 'pgtap')).toMatchObject({ code: 0, stdout: '' })
    const sql = readFileSync(file, 'utf8')
    const before = await fingerprint()
    const lines = await tap(sql)
    expect(lines[0]).toMatch(/^1\.\.\d{2,}$/)
    expect(lines.slice(1).filter((line) => !/^ok \d+ - /.test(line))).toEqual([])
    expect(lines).toHaveLength(1 + Number(lines[0]?.slice(3)))
    for (const title of [
      /writer as a sees notes of a$/,
      /writer as a does not see notes of b$/,
      /writer as a does not insert notes of a with author of b$/,
      /anon sees notes of b, state public$/,
      /authenticator cannot become keeper$/,
      /writer has not TRUNCATE, REFERENCES, TRIGGER, the rights of its owner$/,
      /the catalog says that it is SECURITY DEFINER, it has its search_path, the owner is keeper$/,
      /writer as a does not change listing of b where open of listing of b is true$/,
      /writer as a does not delete teams of b where a is among seats of b, part guest$/,
    ])
      expect(
        lines.some((line) => title.test(line)),
        String(title),
      ).toBe(true)
    expect(await fingerprint()).toBe(before)

    await client.query('BEGIN; GRANT SELECT (secret) ON api.notes TO anon; ALTER POLICY own ON api.notes USING (true)')
    const broken = await tap(sql.replace(/^BEGIN;$/m, 'SAVEPOINT all_of_it;').replace(/^ROLLBACK;$/m, ''))
    await client.query('ROLLBACK')
    expect(broken.filter((line) => line.startsWith('not ok'))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/anon may not read .*secret/),
        expect.stringMatching(/writer as a does not see notes of b/),
      ]),
    )
  })

  test('for vitest: every request is answered as promised', { timeout: 120_000 }, async () => {
    const file = join(folder, 'permissions.spec.ts')
    expect(await run('--out', file)).toMatchObject({ code: 0 })
    const before = await fingerprint()
    const { passed, failed } = await runVitest(file)
    expect(failed).toEqual([])
    expect(passed).toBeGreaterThan(50)
    expect(await fingerprint()).toBe(before)
    expect(readFileSync(file, 'utf8')).not.toMatch(/someone@example|'odd "role' \\'/)
  })

  test('are the same each time, and never in the place of others', async () => {
    const file = join(folder, 'again.spec.ts')
    expect(await run('--out', file)).toMatchObject({ code: 0 })
    const first = readFileSync(file, 'utf8')
    expect(await run('--out', file)).toMatchObject({ code: 0 })
    expect(readFileSync(file, 'utf8')).toBe(first)
    writeFileSync(file, '// mine')
    const refused = await run('--out', file)
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('was not written by rolecast')])
    expect(readFileSync(file, 'utf8')).toBe('// mine')
  })

  async function tap(sql: string): Promise<readonly string[]> {
    const results = (await client.query(sql)) as unknown as readonly pg.QueryResult<Record<string, string>>[]
    return results.flatMap(({ rows }) => rows.flatMap((row) => Object.values(row)))
  }

  async function runVitest(file: string) {
    const { DATABASE_URL } = process.env
    process.env.DATABASE_URL = server.uri
    const conditions = ['rolecast-source']
    const vitest = await startVitest(
      'test',
      [file],
      { root: folder, config: false, watch: false, reporters: [], maxWorkers: 1 },
      { resolve: { conditions }, ssr: { resolve: { conditions } } },
    )
    const results = vitest.state.getTestModules().flatMap((module) => [...module.children.allTests()])
    const errors = vitest.state.getTestModules().flatMap((module) => module.errors().map(({ message }) => message))
    await vitest.close()
    if (DATABASE_URL === undefined) delete process.env.DATABASE_URL
    else process.env.DATABASE_URL = DATABASE_URL
    return {
      passed: results.filter((result) => result.result().state === 'passed').length,
      failed: [
        ...errors,
        ...results.flatMap((result) =>
          result.result().state === 'passed' ? [] : [`${result.fullName}: ${result.result().errors?.[0]?.message}`],
        ),
      ],
    }
  }
})

describe('--mutate', () => {
  test('every change is noticed, and none is kept', { timeout: 120_000 }, async () => {
    const before = await fingerprint()
    const { code, stdout } = await run('--mutate', '--json', '--limit', '150')
    const { summary, survivors } = JSON.parse(stdout)
    expect(survivors).toEqual([])
    expect(code).toBe(0)
    expect(summary.killed).toBeGreaterThan(70)
    expect(summary.impossible).toBe(0)
    expect(await fingerprint()).toBe(before)
  })

  test('one’s own tests: what they miss is named', { timeout: 120_000 }, async () => {
    const before = await fingerprint()
    const script = join(folder, 'own.mjs')
    writeFileSync(
      script,
      `import pg from 'pg'
const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
await client.connect()
await client.query("BEGIN; SET LOCAL ROLE anon")
const secret = await client.query('SELECT secret FROM api.notes').then(() => 'read', ({ code }) => code)
await client.end()
process.exit(secret === '42501' ? 0 : 1)`,
    )
    await client.end() // a database that is copied must have no other connections
    const { code, stdout } = await run('--mutate', '--limit', '12', '--run', `"${process.execPath}" "${script}"`)
    client = new pg.Client({ connectionString: server.uri })
    await client.connect()
    expect(code).toBe(1)
    expect(stdout).toMatch(/SURVIVED \S+ ON api\.\S+: /)
    expect(await fingerprint()).toBe(before)
  })

  test('one’s own tests, on an embedded PostgreSQL: memberships too, each changed back', {
    timeout: 120_000,
  }, async () => {
    await using project = await makeProject({
      'schema.sql': `CREATE ROLE anon; CREATE ROLE authenticator LOGIN NOINHERIT; GRANT anon TO authenticator;
        CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO anon; CREATE FUNCTION api.one() RETURNS int RETURN 1`,
      'rolecast.config.ts': config.replace(", 'app_user'", ''),
      'own.mjs': `import pg from '${import.meta.resolve('pg')}'
const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
await client.connect()
const { rows } = await client.query("SELECT pg_has_role('authenticator', 'anon', 'MEMBER') AS member")
await client.end()
process.exit(rows[0].member ? 0 : 1)`,
    })
    const own = `"${process.execPath}" "${join(project.folder, 'own.mjs')}"`
    const { code, stdout } = await rolecastHere(
      ['test-permissions', '--mutate', '--json', '--run', own],
      project.folder,
    )
    const { summary, survivors } = JSON.parse(stdout)
    expect(code).toBe(1)
    // It notices that one membership is gone, and no change that is tried after it: so it was changed back.
    expect(summary).toMatchObject({ killed: 1, impossible: 0 })
    expect(survivors).toContainEqual(expect.objectContaining({ kind: 'grant', object: 'api', widens: false }))
  })

  test('a command that fails anyway is wrong use', async () => {
    await client.end()
    const { code, stderr } = await run('--mutate', '--limit', '3', '--run', 'exit 4')
    client = new pg.Client({ connectionString: server.uri })
    await client.connect()
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('fails on an unchanged copy of the database (exit code 4)'),
    ])
  })
})

test.each([
  [[], 'Say what to do'],
  [['--mutate', '--limit', '0'], 'at least 1'],
  [['--out', 'x.ts', '--run', 'true'], '--run goes with --mutate'],
  [['--out', 'x.ts', '--format', 'jest'], 'vitest, pgtap'],
  [['--out', 'x.ts', '--roles', 'nobody'], 'nobody'],
])('wrong use: %j', async (args, message) => {
  const { code, stderr } = await run(...args)
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
})
