import { cp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { makeProject } from './project.js'
import { rolecastHere } from './run-command.js'

const example = fileURLToPath(new URL('../../examples/supabase', import.meta.url))

test('a Supabase project needs no configuration', async () => {
  await using project = await makeProject()
  await cp(example, project.folder, { recursive: true })
  const made = await rolecastHere(['generate'], project.folder)
  expect(made).toMatchObject({ code: 0 })
  expect(made.stderr.match(/is a stub here/g)).toHaveLength(1)
  expect(made.stderr).toMatch(/no row passes where sub is null.*: public\.posts insert, update, delete\n/)
  const client = (role: string) => readFile(join(project.folder, 'src/api', role, 'index.ts'), 'utf8')
  expect(await client('authenticated')).toContain('team_members')
  const anon = await client('anon')
  expect(anon).toContain('search_posts')
  expect(anon).toContain('posts: { select: true, insert: false, update: false, delete: false')
  for (const hidden of ['team_members', 'similar_posts', 'buckets', 'auth.', 'raw_user_meta_data']) {
    expect(anon).not.toContain(hidden)
  }
  expect(await rolecastHere(['generate', '--check'], project.folder)).toMatchObject({ code: 0 })
})

test('a configuration with the preset says what it wants otherwise', async () => {
  await using project = await makeProject({
    'supabase/migrations/1_a.sql': 'create table public.notes (id int primary key, owner uuid);',
    'rolecast.config.json': JSON.stringify({ preset: 'supabase', roles: ['service_role'], out: 'clients' }),
  })
  const made = await rolecastHere(['generate'], project.folder)
  expect(made).toMatchObject({ code: 0, stderr: expect.stringMatching(/grants: 'all' is assumed/) })
  expect(await readFile(join(project.folder, 'clients/service_role/index.ts'), 'utf8')).toContain('notes')
})

const table = 'create table public.notes (id int primary key);\n'
const config = (more: object) => ({ 'rolecast.config.json': JSON.stringify({ preset: 'supabase', ...more }) })

test.each([
  [
    'a half-written migration',
    { 'supabase/config.toml': '', 'supabase/migrations/1_a.sql': table, 'supabase/migrations/2_b.sql': `\n${table}` },
    /2_b\.sql:2: relation "notes" already exists/,
  ],
  [
    'a config.toml that is none',
    { 'supabase/config.toml': '[api]\nport = = 3\n' },
    /config\.toml:2:\d+: this is no TOML/,
  ],
  [
    'a value of another kind',
    { 'supabase/config.toml': '[api]\nschemas = "public"\n' },
    /config\.toml: api\.schemas: .*expected array/,
  ],
  ['no migrations', { 'supabase/config.toml': '' }, /There is no migration in .*supabase.migrations/],
  [
    "the platform's schemas",
    { 'supabase/migrations/1_a.sql': table, ...config({ schemas: ['public', 'storage'] }) },
    /schemas: storage is the platform's/,
  ],
  ['another preset', { 'rolecast.config.json': '{ "preset": "firebase" }' }, /preset\.name: .*"supabase"/],
  [
    'a preset with unknown words',
    config({ preset: { name: 'supabase', grants: 'some' } }),
    /preset\.grants: .*"none"\|"all"/,
  ],
] as const)('%s is one message', async (_, files, message) => {
  await using project = await makeProject(files)
  const ended = await rolecastHere(['generate'], project.folder)
  expect(ended).toMatchObject({ code: 2, stdout: '' })
  expect(ended.stderr.split('\n').at(-2)).toMatch(message)
})
