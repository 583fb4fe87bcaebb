import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { config, makeProject, schemaSql } from './project.js'
import { rolecastHere } from './run-command.js'

let postgres: EmbeddedPostgres
beforeAll(async () => {
  await using project = await makeProject({ 'schema.sql': schemaSql })
  postgres = await startPostgres({ sql: [join(project.folder, 'schema.sql')] })
})
afterAll(() => postgres.stop())

async function change(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  await client.query(sql)
  await client.end()
}

const files = async (folder: string) => (await readdir(folder, { recursive: true })).sort()

test('--dry-run says what would be written, and what each role gained and lost', { timeout: 120_000 }, async () => {
  const uri = JSON.stringify(postgres.uri)
  await using project = await makeProject({
    'rolecast.config.ts': config
      .replace("{ sql: ['schema.sql'] }", `{ uri: ${uri} }`)
      .replace("out: 'src/api'", "out: 'src/api', targets: ['supabase', 'kysely']"),
  })
  const run = (...args: string[]) => rolecastHere(['generate', ...args], project.folder)

  const first = await run('--dry-run')
  expect([first.code, await files(project.folder)]).toEqual([0, ['rolecast.config.ts']])
  expect(first.stdout).toMatch(
    /^anon\n {2}new {2}supabase {2}anon\/database\.ts {2}\d+ kB\n {2}new {2}kysely {2}anon\/kysely\.ts/,
  )
  expect(first.stdout).toContain('no earlier run is known')
  expect(first.stdout).toMatch(/\n4 files would be written, 0 unchanged, 0 removed\.\n$/)

  expect((await run()).code).toBe(0)
  const kept = await readFile(join(project.folder, '.rolecast/src/api/anon.json'), 'utf8')
  expect(kept).toContain('select api.products')
  expect(kept).not.toContain('cost') // a column of the other role
  const same = await run('--dry-run')
  expect(same.stdout).toContain('  the role may do what it could at the last run\n')
  expect(same.stdout).toMatch(/0 files would be written, 4 unchanged, 0 removed/)

  await change(`CREATE TABLE api."new\nline" (id int4); GRANT SELECT ON api."new\nline" TO anon; GRANT SELECT (cost) ON api.products TO anon;
    REVOKE DELETE, UPDATE ON api.products FROM app_user; GRANT UPDATE (cost) ON api.products TO app_user;
    ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
    CREATE FUNCTION api.tax(price numeric) RETURNS numeric LANGUAGE sql RETURN price; GRANT EXECUTE ON FUNCTION api.tax TO app_user`)
  const before = await readFile(join(project.folder, 'src/api/anon/database.ts'), 'utf8')
  const { code, stdout } = await run('--dry-run')
  expect(code).toBe(0)
  expect(stdout.split('\n').filter((line) => /^ {2}(?:gained|lost) |^\w+$/.test(line))).toEqual([
    'anon',
    '  gained  select api."new\\u{a}line" (id)',
    '  gained  select api.products (cost)',
    'app_user',
    '  gained  execute api.tax(price numeric)',
    '  lost  update api.products (name)',
    '  lost  delete api.products',
  ])
  expect(await readFile(join(project.folder, 'src/api/anon/database.ts'), 'utf8')).toBe(before)
  const both = await run('--dry-run', '--check')
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('cannot be used with')])

  await project.write('.rolecast/src/api/anon.json', '{')
  const damaged = await run('--dry-run')
  expect([damaged.code, damaged.stderr]).toEqual([2, expect.stringContaining('cannot be read')])
})
