import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startPostgres } from '@rolecast/embedded'
import pg from 'pg'
import { expect, test } from 'vitest'
import { config, makeProject, schemaSql } from './project.js'
import { runningCommand } from './running-command.js'

const watch = (folder: string, ...args: string[]) => runningCommand(['generate', '--watch', ...args], folder)

test('SQL files: what is wrong is told, and what is mended is written', { timeout: 120_000 }, async () => {
  await using project = await makeProject({ 'schema.sql': schemaSql, 'rolecast.config.ts': config })
  await using watching = watch(project.folder)
  await watching.says(/watching for changes/)
  await project.write('schema.sql', `${schemaSql}\nCREATE TABEL api.orders ();`)
  await watching.says(/schema\.sql:\d+: syntax error at or near "TABEL"/)
  await project.write('schema.sql', `${schemaSql}\nALTER TABLE api.products ADD COLUMN colour text;`)
  await watching.says(/files? written/)
  expect(await readFile(join(project.folder, 'src/api/app_user/index.ts'), 'utf8')).toContain('colour')
  expect(await watching.end()).toBe(0)
})

test('a database: changes are written, and one that goes away is waited for', { timeout: 180_000 }, async () => {
  await using project = await makeProject({ 'schema.sql': schemaSql })
  await chmod(project.folder, 0o755)
  const place = { dataDir: join(project.folder, 'data'), authentication: 'trust' as const }
  const first = await startPostgres({ ...place, sql: [join(project.folder, 'schema.sql')] })
  const { port } = first
  const uri = first.uriOf({ user: 'postgres' })
  const ask = async (sql: string) => {
    const client = new pg.Client({ connectionString: uri })
    await client.connect()
    await client.query(sql).finally(() => client.end())
  }
  await project.write(
    'rolecast.config.json',
    JSON.stringify({ database: { uri }, schemas: ['api'], roles: ['anon'], out: 'out' }),
  )
  const written = () => readFile(join(project.folder, 'out/anon/index.ts'), 'utf8')
  await using watching = watch(project.folder, '--install-trigger')
  await watching.says(/watching for changes/)
  await ask('ALTER TABLE api.products ADD COLUMN colour text; GRANT SELECT (colour) ON api.products TO anon')
  await watching.says(/1 file written/)
  expect(await written()).toContain('colour')

  await first.stop()
  await watching.says(/the database is away: .* Waiting for it/)
  await using second = await startPostgres({ ...place, port })
  await watching.says(/the database is back/)
  expect(second.isNew).toBe(false)
  await ask('REVOKE SELECT (colour) ON api.products FROM anon')
  await watching.says(/1 file written/)
  expect(await written()).not.toContain('colour')
  expect(await watching.end()).toBe(0)
})
