import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeProject, type Project } from './project.js'
import { rolecastHere } from './run-command.js'

const sql = `
  CREATE ROLE anon; CREATE ROLE "o'hara"; CREATE ROLE staff; CREATE ROLE authenticator LOGIN NOINHERIT;
  GRANT anon, "o'hara", staff TO authenticator; GRANT "o'hara" TO staff;
  CREATE SCHEMA api; GRANT USAGE ON SCHEMA api TO anon, "o'hara";
  CREATE TABLE api."weird ""one""" (id int PRIMARY KEY, "a,b" text);
  GRANT SELECT, TRUNCATE ON api."weird ""one""" TO anon;
  GRANT INSERT ("a,b") ON api."weird ""one""" TO anon;
  GRANT SELECT ON api."weird ""one""" TO "o'hara";
  CREATE FUNCTION api.open_to_all(n int) RETURNS int LANGUAGE sql RETURN n;
  -- An owner needs no grant of a role that it inherits.
  CREATE ROLE boss LOGIN; GRANT anon TO boss;
  ALTER TABLE api."weird ""one""" OWNER TO boss; ALTER FUNCTION api.open_to_all(int) OWNER TO boss;
  ALTER SCHEMA api OWNER TO boss;
`

let postgres: EmbeddedPostgres
let project: Project
beforeAll(async () => {
  postgres = await startPostgres()
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  await client.query(sql)
  await client.end()
  project = await makeProject({
    'app.ts': 'export const nothing = 1\n',
    'tsconfig.json': '{ "compilerOptions": { "types": [] }, "include": ["app.ts"] }',
    'empty/tsconfig.json': '{ "include": ["*.ts"] }',
    'broken/tsconfig.json': '{ "include": ',
    'allowed.txt': '# the next release\nanon * on api."weird ""one"""\nanon usage on api\n* execute on api.open_*\n',
    'wrong.txt': 'anon select api.orders\n',
  })
})
afterAll(async () => {
  await project[Symbol.asyncDispose]()
  await postgres.stop()
})

const asked = (...args: string[]) =>
  rolecastHere(
    ['least-privilege', '--db', postgres.uri, '--schemas', 'api', '--authenticator', 'authenticator', ...args],
    project.folder,
  )

test('what no app uses is revoked, as SQL that PostgreSQL takes', async () => {
  const out = join(project.folder, 'migrations/1.sql')
  const { code, stdout } = await asked('--roles', 'anon', '--json', '--check', '--out', out)
  const table = 'api."weird ""one"""'
  expect(JSON.parse(stdout).roles).toEqual([
    {
      role: 'anon',
      used: [],
      unused: expect.arrayContaining([
        { object: table, verb: 'insert', column: 'a,b', from: 'anon' },
        { object: table, verb: 'select', column: 'id', from: 'anon' },
        { object: table, verb: 'truncate', from: 'anon' },
        { object: 'api', verb: 'usage', from: 'anon' },
        { object: 'api.open_to_all(n integer)', verb: 'execute', from: 'PUBLIC' },
      ]),
      sql: ['REVOKE USAGE ON SCHEMA api FROM anon', `REVOKE SELECT, TRUNCATE, INSERT ("a,b") ON ${table} FROM anon`],
      notes: [expect.stringContaining('revoke it from PUBLIC')],
    },
  ])
  expect(code).toBe(1)
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  const migration = await readFile(out, 'utf8')
  await client.query(migration.replace('COMMIT', 'ROLLBACK'))
  await client.end()
})

test('an allow list keeps what it names', async () => {
  const { code, stdout } = await asked('--roles', 'anon', '--check', '--json', '--allow', 'allowed.txt')
  expect(JSON.parse(stdout).roles).toMatchObject([{ unused: [], sql: [] }])
  expect(code).toBe(0)
})

test('nothing is taken from a role whose members may use it', async () => {
  const { stdout } = await asked('--roles', "o'hara", '--json')
  expect(JSON.parse(stdout).roles).toMatchObject([
    { role: "o'hara", sql: [], notes: expect.arrayContaining([expect.stringContaining('staff inherits "o\'hara"')]) },
  ])
  const both = JSON.parse((await asked('--roles', "o'hara,staff", '--json')).stdout)
  expect(both.roles[0].sql).toHaveLength(2)
})

describe('bad input', () => {
  test.each([
    ['no such tsconfig', ['--tsconfig', 'nowhere.json', '--roles', 'anon'], 'There is no nowhere.json'],
    ['a broken tsconfig', ['--tsconfig', 'broken', '--roles', 'anon'], 'cannot be read'],
    ['no source files', ['--tsconfig', 'empty', '--roles', 'anon'], 'names no source files'],
    ['an unknown role', ['--roles', 'nobody'], 'runs as "nobody"'],
    ['a program without clients', [], 'These programs call no client'],
    ['no entry of an allow list', ['--roles', 'anon', '--allow', 'wrong.txt'], 'wrong.txt, entry 1'],
    ['no allow list', ['--roles', 'anon', '--allow', 'no.txt'], 'The allow list no.txt cannot be read'],
    ['a file that is there', ['--roles', 'anon', '--out', 'tsconfig.json'], 'tsconfig.json is there already'],
  ])('%s', async (_, args, message) => {
    const { code, stdout, stderr } = await asked(...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
  })
})
