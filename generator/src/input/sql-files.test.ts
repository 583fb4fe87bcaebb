import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sqlFilesOf } from './sql-files.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rolecast-sql-'))
  for (const name of [
    'migrations/10.sql',
    'migrations/2.sql',
    'migrations/B.sql',
    'migrations/a.sql',
    'migrations/x.txt',
    '[a].sql',
    'schema.sql',
  ]) {
    await mkdir(join(folder, 'migrations'), { recursive: true })
    await writeFile(join(folder, name), '')
  }
})
afterAll(() => rm(folder, { recursive: true }))

const named = async (...names: string[]) =>
  (await sqlFilesOf(names, folder)).map((file) => file.slice(folder.length + 1))

test('in the order given, those of a pattern by name, each once', async () => {
  expect(await named('schema.sql', 'migrations/*.sql', 'migrations/2.sql')).toEqual([
    'schema.sql',
    'migrations/10.sql',
    'migrations/2.sql',
    'migrations/B.sql',
    'migrations/a.sql',
  ])
  expect(await named('migrations/a.sql', '**/*.sql')).toContain('schema.sql')
})

test('a file that is called like a pattern is that file', async () => {
  expect(await named('[a].sql')).toEqual(['[a].sql'])
})

test('a pattern that no file fits, and a file that is not there, are refused', async () => {
  await expect(named('migrations/*.psql')).rejects.toThrow(/database\.sql: no file fits migrations\/\*\.psql/)
  await expect(named('none.sql')).rejects.toThrow(/none\.sql: cannot be read: ENOENT/)
})
