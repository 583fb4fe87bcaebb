import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startPostgres } from '@rolecast/embedded'
import { expect, test } from 'vitest'
import { makeProject, schemaSql } from './project.js'
import { rolecastHere } from './run-command.js'

const configOf = (folder: string) => readFile(join(folder, 'rolecast.config.ts'), 'utf8')

test('a Supabase project is recognized, and gets a script', async () => {
  await using project = await makeProject({
    'supabase/config.toml': '',
    'supabase/migrations/1_a.sql':
      'create table public.notes (id int primary key); grant select on public.notes to anon;',
    'package.json': '{\n\t"name": "x",\n\t"scripts": { "test": "true" }\n}\n',
  })
  expect(await rolecastHere(['init', '--yes'], project.folder)).toMatchObject({ code: 0 })
  expect(await configOf(project.folder)).toContain("preset: 'supabase'")
  expect(await readFile(join(project.folder, 'package.json'), 'utf8')).toBe(
    '{\n\t"name": "x",\n\t"scripts": {\n\t\t"test": "true",\n\t\t"generate:api": "rolecast generate"\n\t}\n}\n',
  )
  expect(await rolecastHere(['generate'], project.folder)).toMatchObject({ code: 0 })
  const again = await rolecastHere(['init', '--yes'], project.folder)
  expect(again).toMatchObject({ code: 2, stderr: expect.stringMatching(/is there already/) })
})

test('a database says which schemas and roles there are; its password is not written', async () => {
  await using project = await makeProject({ 'schema.sql': schemaSql })
  await using postgres = await startPostgres({ sql: [join(project.folder, 'schema.sql')] })
  expect(await rolecastHere(['init', '--yes', '--db', postgres.uri], project.folder)).toMatchObject({ code: 0 })
  const text = await configOf(project.folder)
  expect(text).toContain("schemas: ['api']")
  expect(text).toContain("roles: ['anon', 'app_user']")
  expect(text).not.toContain(new URL(postgres.uri).password)
})

test('migrations are recognized; what nobody said is one message', async () => {
  await using project = await makeProject({ 'db/migrations/1_a.sql': schemaSql })
  const lacking = await rolecastHere(['init', '--yes'], project.folder)
  expect(lacking).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/Exposed schemas: nothing was found\. Say it with --schemas/),
  })
  const given = ['--schemas', 'api', '--roles', 'anon,app_user']
  expect(await rolecastHere(['init', '--yes', ...given], project.folder)).toMatchObject({ code: 0 })
  expect(await configOf(project.folder)).toContain("database: { sql: ['db/migrations'] }")
  expect(await rolecastHere(['generate'], project.folder)).toMatchObject({ code: 0 })
})
