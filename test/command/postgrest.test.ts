import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type EmbeddedPostgres, startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeProject, type Project } from './project.js'
import { rolecastHere } from './run-command.js'

let postgres: EmbeddedPostgres
let project: Project

beforeAll(async () => {
  project = await makeProject()
  postgres = await startPostgres({ authentication: 'trust' })
  const owner = new pg.Client({ connectionString: postgres.uri })
  await owner.connect()
  await owner.query(`
    CREATE ROLE web_anon; CREATE ROLE app_user; CREATE ROLE other; CREATE ROLE authenticator LOGIN NOINHERIT;
    GRANT web_anon, app_user TO authenticator;
    CREATE SCHEMA api; CREATE SCHEMA more; CREATE SCHEMA settings;
    CREATE TABLE api.todos (id int PRIMARY KEY, task text); CREATE TABLE more.notes (id int PRIMARY KEY);
    GRANT USAGE ON SCHEMA api, more TO web_anon, app_user; GRANT USAGE ON SCHEMA settings TO authenticator;
    GRANT SELECT ON api.todos, more.notes TO web_anon; GRANT ALL ON api.todos TO app_user;
    CREATE FUNCTION settings.of_api() RETURNS void LANGUAGE sql AS
      $$ SELECT set_config('pgrst.db_schemas', 'api, more', true) $$`)
  await owner.end()
})
afterAll(async () => {
  await postgres?.stop()
  await project?.[Symbol.asyncDispose]()
})

async function generate(lines: Readonly<Record<string, string>>, ...args: string[]) {
  const all = { 'db-uri': postgres.uriOf({ user: 'authenticator' }), 'db-schemas': 'api', ...lines }
  const text = Object.entries(all).map(([key, value]) => `${key} = ${JSON.stringify(value)}\n`)
  await project.write('postgrest.conf', text.join(''))
  return rolecastHere(['generate', '--postgrest', 'postgrest.conf', ...args], project.folder)
}
const client = (role: string) => readFile(join(project.folder, 'out', role, 'index.ts'), 'utf8')
const out = ['--out', join('out')]

test('the anonymous role unless others are named, schemas also from db-pre-config', async () => {
  expect(await generate({ 'db-anon-role': 'web_anon', 'db-pre-config': 'settings.of_api' }, ...out)).toMatchObject({
    code: 0,
  })
  expect(await client('web_anon')).toContain('notes')
  expect(await generate({}, ...out, '--roles', 'app_user,web_anon')).toMatchObject({ code: 0 })
  expect(await client('web_anon')).not.toContain('notes')
  expect(await client('app_user')).toContain('todos')
  expect(await generate({}, ...out, '--roles', 'app_user,web_anon', '--check')).toMatchObject({ code: 0 })
})

test.each([
  ['no folder', {}, [], 2, /--out DIR/],
  ['nobody to write for', {}, out, 2, /no db-anon-role: say for which roles/],
  ['a role that the authenticator cannot become', {}, [...out, '--roles', 'other'], 2, /other/],
  ['a value that no server takes', { 'db-pool': 'many' }, out, 2, /db-pool/],
  ['a function that is not there', { 'db-pre-config': 'settings.none' }, out, 2, /db-pre-config/],
  [
    'no database',
    { 'db-uri': 'postgresql://localhost:1/none', 'db-anon-role': 'a' },
    out,
    3,
    /Cannot use the database/,
  ],
] as const)('%s is one message', async (_, lines, args, code, message) => {
  const ended = await generate(lines as Record<string, string>, ...args)
  expect(ended).toMatchObject({ code, stdout: '' })
  expect(ended.stderr.trim().split('\n')).toEqual([expect.stringMatching(message)])
})
