import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { startPostgres } from '@rolecast/embedded'
import { expect, test } from 'vitest'
import { makeProject } from './project.js'
import { rolecastHere } from './run-command.js'

const schema = `
CREATE ROLE anon NOLOGIN;
CREATE ROLE authenticator LOGIN NOINHERIT PASSWORD 'authenticator';
GRANT anon TO authenticator;
CREATE SCHEMA api;
GRANT USAGE ON SCHEMA api TO anon;
CREATE FUNCTION public.caller() RETURNS text LANGUAGE sql STABLE
  RETURN nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub';
CREATE TABLE api.notes (id int PRIMARY KEY, owner text NOT NULL);
ALTER TABLE api.notes ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON api.notes TO anon;
CREATE POLICY own ON api.notes USING (public.caller() = owner);
`

test('facts count in inspect and audit, and generate --json says what they leave out', {
  timeout: 120_000,
}, async () => {
  await using project = await makeProject({ 'schema.sql': schema })
  await using postgres = await startPostgres({ sql: [join(project.folder, 'schema.sql')] })
  const base = { database: { uri: postgres.uri }, schemas: ['api'], roles: ['anon'], authenticator: 'authenticator' }
  const configure = (more: object) =>
    project.write('rolecast.config.json', JSON.stringify({ ...base, out: 'out', ...more }))
  const run = async (...args: string[]) => {
    const { stdout, stderr, code } = await rolecastHere(args, project.folder)
    return { json: JSON.parse(stdout), stderr, code }
  }
  const inserts = async () => (await run('inspect', '--role', 'anon', '--json')).json.relations[0]?.insert ?? []
  const findings = async () => {
    const { json } = await run('audit', '--json')
    return json.findings.filter(({ id }: { id: string }) => id === 'G03')
  }
  const facts = { anon: { claims: { sub: null } } }

  await configure({})
  expect(await inserts()).toEqual(['id', 'owner'])
  expect(await findings()).toHaveLength(1)
  const first = await run('generate', '--json')
  expect(first).toMatchObject({
    code: 0,
    json: {
      out: join(project.folder, 'out'),
      written: true,
      roles: [{ role: 'anon', files: [{ path: 'anon/index.ts', state: 'new' }], gained: null, lost: null }],
      removed: [],
    },
  })

  await configure({ facts })
  expect(await inserts()).toEqual([])
  expect((await run('inspect', '--role', 'anon', '--json')).stderr).toContain('no row passes where sub is null')
  expect(await findings()).toEqual([])
  const checked = await run('generate', '--check', '--json')
  expect(checked.code).toBe(1)
  expect(checked.json).toMatchObject({
    written: false,
    roles: [{ files: [{ state: 'changed' }], gained: [], lost: ['insert api.notes (id, owner)'] }],
  })
  expect(checked.json.roles[0].remarks).toContainEqual(expect.stringContaining('no row passes where sub is null'))
  await rm(join(project.folder, 'out'), { recursive: true })
  expect((await run('generate', '--dry-run', '--json')).json).toMatchObject({
    written: false,
    roles: [{ files: [{ state: 'new' }], lost: ['insert api.notes (id, owner)'] }],
  })
})
