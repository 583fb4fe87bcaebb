import { access, chmod, mkdir, readdir, readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { expect, test } from 'vitest'
import { freePort } from '../free-port.js'
import { config, makeProject, schemaSql } from './project.js'
import { rolecastHere } from './run-command.js'
import { runningCommand } from './running-command.js'

async function rows(url: string, token?: string): Promise<unknown> {
  const response = await fetch(url, { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } })
  return response.json()
}

/** The process ids of the PostgreSQL servers whose data is in a folder of temporary files. */
async function serversIn(folder: string): Promise<readonly number[]> {
  const kept = (await readdir(folder)).filter((name) => name.startsWith('rolecast-'))
  const files = kept.map((name) => readFile(join(folder, name, 'data/postmaster.pid'), 'utf8'))
  return (await Promise.all(files)).map((text) => Number.parseInt(text, 10))
}

test('SQL files: served, reloaded when they change, and nothing is left', { timeout: 180_000 }, async () => {
  await using project = await makeProject({ 'schema.sql': schemaSql, 'rolecast.config.ts': config })
  const temporary = join(project.folder, 'tmp')
  await mkdir(temporary)
  for (const folder of [project.folder, temporary]) await chmod(folder, 0o755) // as root, another user runs PostgreSQL
  await using dev = runningCommand(['dev', '--port', '0'], project.folder, { TMPDIR: temporary })
  const [, url] = await dev.says(/serving (http:\S+)/)
  await dev.says(/roles: anon, app_user \(without a token: anon\)/)
  const [, token] = await dev.says(/token of app_user, for 12 hours: (\S+)/)
  await dev.says(/ready at .*files changed/)
  expect(await rows(`${url}/products?select=name`)).toEqual([{ name: 'lamp' }, { name: 'chair' }])
  expect(await rows(`${url}/products?select=cost`)).toMatchObject({ code: '42501' })
  expect(await rows(`${url}/products?select=cost`, token)).toEqual([{ cost: 12.5 }, { cost: 30 }])

  await project.write('schema.sql', `${schemaSql}\nCREATE TABEL api.orders ();`)
  await dev.says(/schema\.sql:\d+: syntax error at or near "TABEL"/)
  await dev.says(/before the mistake is served/)
  expect(await rows(`${url}/products?select=name`)).toHaveLength(2)

  await project.write('schema.sql', `${schemaSql}\nALTER TABLE api.products ADD colour text DEFAULT 'red';`)
  await dev.says(/ready at .*1 file changed/)
  expect(await rows(`${url}/products?select=colour`, token)).toEqual([{ colour: 'red' }, { colour: 'red' }])
  expect(await readFile(join(project.folder, 'src/api/app_user/index.ts'), 'utf8')).toContain('colour')

  const servers = await serversIn(temporary)
  expect(servers).toHaveLength(1) // the one of before is gone
  expect(await dev.end()).toBe(0)
  expect(await serversIn(temporary)).toEqual([])
  for (const pid of servers) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
})

test('a Supabase project: port and rows as config.toml says, tokens by keys', { timeout: 120_000 }, async () => {
  const port = await freePort()
  await using project = await makeProject({
    'supabase/config.toml': `[api]\nport = ${port}\nschemas = ["public"]\nmax_rows = 1\n`,
    'supabase/migrations/20260101000000_notes.sql':
      'CREATE TABLE notes (id int PRIMARY KEY);\nGRANT SELECT ON notes TO authenticated;\nINSERT INTO notes VALUES (1), (2);',
  })
  const keys = join(project.folder, 'keys')
  await rolecastHere(['keys', 'generate', '--alg', 'ES256', '--out', keys], project.folder)
  await using dev = runningCommand(['dev', '--keys', 'keys'], project.folder)
  const url = `http://127.0.0.1:${port}`
  await dev.says(new RegExp(`serving ${url}`))
  await dev.says(/token: rolecast token mint --keys keys --role authenticated/)
  await dev.says(/ready/)
  const mint = ['token', 'mint', '--keys', keys, '--role', 'authenticated']
  const { stdout } = await rolecastHere(mint, project.folder)
  expect(await rows(`${url}/notes`, stdout.trim())).toEqual([{ id: 1 }])
  expect(await rows(`${url}/notes`)).toMatchObject({ code: '42501' })
  expect(await dev.end()).toBe(0)
})

test('a PostgREST project: its database is watched', { timeout: 120_000 }, async () => {
  await using project = await makeProject({ 'schema.sql': schemaSql })
  await using postgres = await startPostgres({ sql: [join(project.folder, 'schema.sql')] })
  const port = await freePort()
  const uri = postgres.uriOf({ user: 'authenticator', password: 'authenticator' })
  const conf = `db-uri = "${uri}"\ndb-schemas = "api"\ndb-anon-role = "anon"\nserver-port = ${port}\ndb-channel-enabled = false\n`
  await project.write('postgrest.conf', conf)
  await using dev = runningCommand(['dev', '--postgrest', 'postgrest.conf', '--out', 'out'], project.folder)
  await dev.says(/ready/)
  const client = new pg.Client({ connectionString: postgres.uri })
  await client.connect()
  await client.query('CREATE TABLE api.tags (name text); GRANT SELECT ON api.tags TO anon').finally(() => client.end())
  await dev.says(/ready at .*1 file changed/)
  expect(await rows(`http://127.0.0.1:${port}/tags`)).toEqual([])
  expect(await readFile(join(project.folder, 'out/anon/index.ts'), 'utf8')).toContain('tags')
  expect(await dev.end()).toBe(0)
})

test('a port that is taken is one message, and nothing is started or written', async () => {
  await using project = await makeProject({ 'schema.sql': schemaSql, 'rolecast.config.ts': config })
  await using taken = createServer()
  const port = await new Promise<number>((resolve) => {
    taken.listen(0, '127.0.0.1', () => resolve(Number((taken.address() as { port: number }).port)))
  })
  const { code, stderr } = await rolecastHere(['dev', '--port', String(port)], project.folder)
  expect(stderr).toBe(
    `rolecast: Cannot serve at 127.0.0.1:${port}: something else listens there already. --port takes another port.\n`,
  )
  expect(code).toBe(2)
  await expect(access(join(project.folder, 'src'))).rejects.toThrow('ENOENT')
})
